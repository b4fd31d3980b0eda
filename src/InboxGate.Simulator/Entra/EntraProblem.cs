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

    public JsonObject Body(string? correlation)
    {
        var trace = Guid.NewGuid();
        var correlationId = Guid.TryParse(correlation, out var given) ? given : Guid.NewGuid();
        var timestamp = TimeProvider.System.GetUtcNow().ToString("yyyy-MM-dd HH:mm:ss'Z'", CultureInfo.InvariantCulture);
        var body = new JsonObject
        {
            ["error"] = Error,
            ["error_description"] = string.Create(CultureInfo.InvariantCulture,
                $"AADSTS{Code}: {Description} Trace ID: {trace} Correlation ID: {correlationId} Timestamp: {timestamp}"),
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
