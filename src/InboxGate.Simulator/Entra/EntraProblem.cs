using System.Globalization;
using System.Text.Json.Nodes;

namespace InboxGate.Simulator.Entra;

/// <summary>A refusal as Entra ID words it: an OAuth error with an AADSTS number.</summary>
internal sealed record EntraProblem(int Status, string Error, int Code, string Description, string? SubError = null, JsonObject? Claims = null)
{
    public static EntraProblem UnknownTenant(string tenant) =>
        new(400, "invalid_request", 90002, $"Tenant '{tenant}' not found. Check to make sure you have the correct tenant ID and are signing into the correct cloud.");

    public static EntraProblem UnknownApplication(string client, string tenant) =>
        new(400, "unauthorized_client", 700016, $"Application with identifier '{client}' was not found in the directory '{tenant}'.");

    public static EntraProblem SingleTenant(string client, string name) =>
        new(400, "invalid_request", 50194, $"Application '{client}'({name}) is not configured as a multi-tenant application. Usage of the /common endpoint is not supported for such apps created after '10/15/2018'. Use a tenant-specific endpoint or configure the application to be multi-tenant.");

    public static EntraProblem MissingParameter(string name) =>
        new(400, "invalid_request", 900144, $"The request body must contain the following parameter: '{name}'.");

    public static EntraProblem WrongSecret(string client) =>
        new(401, "invalid_client", 7000215, $"Invalid client secret provided. Ensure the secret being sent in the request is the client secret value, not the client secret ID, for a secret added to app '{client}'.");

    public static EntraProblem NoCredential() =>
        new(401, "invalid_client", 7000218, "The request body must contain the following parameter: 'client_assertion' or 'client_secret'.");

    public static EntraProblem BadClientAssertion(string why) =>
        new(401, "invalid_client", 700027, $"The certificate with identifier used to sign the client assertion is not registered on application. {why}");

    public static EntraProblem ClientAssertionOutOfTime() =>
        new(401, "invalid_client", 700024, "Client assertion is not within its valid time range.");

    public static EntraProblem UnknownResource(string scope) =>
        new(400, "invalid_resource", 500011, $"The resource principal named '{scope}' was not found in the tenant.");

    public static EntraProblem BadScope(string scope) =>
        new(400, "invalid_scope", 70011, $"The provided request must include a 'scope' input parameter. The provided value for the input parameter 'scope' is not valid. The scope {scope} is not valid.");

    public static EntraProblem BadScopeForApplication(string scope) =>
        new(400, "invalid_scope", 1002012, $"The provided value for scope {scope} is not valid. Client credential flows must have a scope value with /.default suffixed to the resource identifier.");

    public static EntraProblem NotConsented(string scope) =>
        new(400, "invalid_grant", 65001, $"The user or administrator has not consented to use the application. Send an interactive authorization request for this user and resource. ({scope})", "consent_required");

    public static EntraProblem BadAssertion(string why) =>
        new(400, "invalid_grant", 50013, $"Assertion failed signature validation. [Reason - {why}]");

    public static EntraProblem AssertionOutOfTime() =>
        new(400, "invalid_grant", 500133, "Assertion is not within its valid time range. Ensure that the access token is not expired before using it for user assertion, or request a new token.");

    public static EntraProblem WrongAssertionAudience() =>
        new(400, "invalid_grant", 500131, "Assertion audience does not match the Client app presenting the assertion. The audience in the assertion must be the client id of the application.");

    public static EntraProblem UnknownGrant(string grant) =>
        new(400, "unsupported_grant_type", 70003, $"The app requested an unsupported grant type '{grant}'.");

    public static EntraProblem WrongRedirect(string redirect, string client) =>
        new(400, "invalid_request", 50011, $"The redirect URI '{redirect}' specified in the request does not match the redirect URIs configured for the application '{client}'.");

    public static EntraProblem UnknownResponseType(string type) =>
        new(400, "unsupported_response_type", 700054, $"response_type '{type}' is not enabled for the application.");

    public static EntraProblem UnknownParameterValue(string name, string value) =>
        new(400, "invalid_request", 90023, $"Invalid value '{value}' for the parameter '{name}'.");

    public static EntraProblem NoProofKey() =>
        new(400, "invalid_request", 9002325, "Proof Key for Code Exchange is required for cross-origin authorization code redemption.");

    public static EntraProblem NobodySignedIn() =>
        new(400, "login_required", 50058, "A silent sign-in request was sent but no user is signed in.");

    public static EntraProblem SeveralSignedIn() =>
        new(400, "interaction_required", 16000, "Either multiple user identities are available for the current request or selected account is not supported for the scenario.");

    public static EntraProblem SignInCancelled() =>
        new(400, "access_denied", 65004, "User declined to consent to access the app.");

    public static EntraProblem AdministratorMustConsent() =>
        new(400, "access_denied", 90094, "An administrator of the organisation must consent to the permissions that the application asks for.");

    public static EntraProblem UnknownAccount(string account) =>
        new(400, "invalid_grant", 50034, $"The user account {account} does not exist in the directory.");

    public static EntraProblem SeveralResources() =>
        new(400, "invalid_request", 28000, "Provided value for the input parameter scope is not valid because it contains more than one resource.");

    public static EntraProblem MalformedGrant() =>
        new(400, "invalid_grant", 70000, "Provided grant is invalid or malformed.");

    public static EntraProblem CodeRedeemed() =>
        new(400, "invalid_grant", 54005, "OAuth2 Authorization code was already redeemed, please retry with a new valid code or use an existing refresh token.");

    public static EntraProblem GrantExpired(bool isSpa, bool isCode = false) => (isCode, isSpa) switch
    {
        (true, _) => new(400, "invalid_grant", 70008, "The provided authorization code or refresh token has expired due to inactivity. Send a new interactive authorization request for this user and resource."),
        (_, true) => new(400, "invalid_grant", 700084, "The refresh token was issued to a single page app (SPA), and therefore has a fixed, limited lifetime of 1.00:00:00, which cannot be extended. It is now expired and a new sign in request must be sent by the SPA to the sign in page.", "bad_token"),
        _ => new(400, "invalid_grant", 700082, "The refresh token has expired due to inactivity.", "bad_token"),
    };

    public static EntraProblem OtherRedirect(string given, string expected) =>
        new(400, "invalid_client", 500112, $"The reply address '{given}' does not match the reply address '{expected}' provided when requesting Authorization code.");

    public static EntraProblem WrongVerifier() =>
        new(400, "invalid_grant", 501481, "The Code_Verifier does not match the code_challenge supplied in the authorization request.");

    public static EntraProblem NotASinglePageApp() =>
        new(400, "invalid_request", 9002326, "Cross-origin token redemption is permitted only for the 'Single-Page Application' client-type.");

    public static EntraProblem OnlyASinglePageApp() =>
        new(400, "invalid_request", 9002327, "Tokens issued for the 'Single-Page Application' client-type may only be redeemed via cross-origin requests.");

    public static EntraProblem AuthorizationPending() =>
        new(400, "authorization_pending", 70016, "OAuth 2.0 device flow error. Authorization is pending. Continue polling.");

    public static EntraProblem DeviceDeclined() =>
        new(400, "authorization_declined", 70018, "The end user has denied the authorization request.");

    public static EntraProblem DeviceCodeExpired() =>
        new(400, "expired_token", 70020, "The device_code has expired. Start a new device authorization request.");

    public static EntraProblem UnknownDeviceCode() =>
        new(400, "bad_verification_code", 70019, "The device_code is not known or was redeemed already.");

    /// <summary>What an application asks for beyond being signed in, before it gets a token.</summary>
    public static EntraProblem MoreIsAsked(JsonObject claims) =>
        new(400, "interaction_required", 50076, "Due to a configuration change made by your administrator, or because you moved to a new location, you must use multi-factor authentication to access the resource.", "basic_action", claims);

    /// <summary>The refusal that a number stands for, with the words that Entra ID has for it.</summary>
    public static EntraProblem Numbered(int code) => code switch
    {
        90033 => new(503, "temporarily_unavailable", code, "A transient error has occurred. Please try again."),
        90055 or 50196 => new(503, "temporarily_unavailable", code, "The server terminated an operation because it met too many requests."),
        7000215 => WrongSecret("the application"),
        7000222 => new(401, "invalid_client", code, "The provided client secret keys for app are expired. Create new keys for your app."),
        700027 => BadClientAssertion(""),
        700024 => ClientAssertionOutOfTime(),
        700016 => UnknownApplication("the application", "the tenant"),
        90002 => UnknownTenant("the tenant"),
        500011 => UnknownResource(TokenMint.GraphAudience),
        90094 => AdministratorMustConsent(),
        50058 => NobodySignedIn(),
        65001 => NotConsented(TokenMint.GraphAudience),
        50013 => BadAssertion("The key was not found."),
        500133 => AssertionOutOfTime(),
        50076 => StepUp(code, "Due to a configuration change made by your administrator, or because you moved to a new location, you must use multi-factor authentication to access the resource."),
        50079 => StepUp(code, "Due to a configuration change made by your administrator, or because you moved to a new location, you must enroll in multi-factor authentication to access the resource."),
        50158 => StepUp(code, "External security challenge not satisfied. User will be redirected to another page or authentication provider to satisfy additional authentication challenges."),
        53000 or 53001 or 53002 or 53003 => StepUp(code, "Access has been blocked by Conditional Access policies. The access policy does not allow token issuance.", "message_only"),
        50173 or 700082 or 70008 or 700084 => new(400, "invalid_grant", code, "The provided grant has expired or was revoked. A fresh sign-in is needed.", "bad_token"),
        50105 => new(400, "invalid_grant", code, "Your administrator has configured the application to block users unless they are specifically granted access to it."),
        _ => new(400, "invalid_grant", code, "The request was refused."),
    };

    /// <summary>The user has to do more than to be signed in; what, the claims tell the next interactive request.</summary>
    private static EntraProblem StepUp(int code, string description, string subError = "basic_action") =>
        new(400, "invalid_grant", code, description, subError, new JsonObject
        {
            ["access_token"] = new JsonObject
            {
                ["capolids"] = new JsonObject { ["essential"] = true, ["values"] = new JsonArray("5b0f9e2c-7d1b-4d3e-9d4a-0c6c3f1b2a11") },
            },
        });

    public string Text => string.Create(CultureInfo.InvariantCulture, $"AADSTS{Code}: {Description}");

    public JsonObject Body(string? correlation)
    {
        var trace = Guid.NewGuid();
        var correlationId = Guid.TryParse(correlation, out var given) ? given : Guid.NewGuid();
        var timestamp = TimeProvider.System.GetUtcNow().ToString("yyyy-MM-dd HH:mm:ss'Z'", CultureInfo.InvariantCulture);
        var body = new JsonObject
        {
            ["error"] = Error,
            ["error_description"] = $"{Text} Trace ID: {trace} Correlation ID: {correlationId} Timestamp: {timestamp}",
            ["error_codes"] = new JsonArray(Code),
            ["timestamp"] = timestamp,
            ["trace_id"] = trace.ToString(),
            ["correlation_id"] = correlationId.ToString(),
            ["error_uri"] = string.Create(CultureInfo.InvariantCulture, $"https://login.microsoftonline.com/error?code={Code}"),
        };
        if (SubError is not null)
            body["suberror"] = SubError;
        if (Claims is not null)
            body["claims"] = Claims.ToJsonString();
        return body;
    }
}
