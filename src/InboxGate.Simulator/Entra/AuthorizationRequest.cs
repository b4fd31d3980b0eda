using Microsoft.AspNetCore.Http;

namespace InboxGate.Simulator.Entra;

/// <summary>What a page asked for when it sent somebody to sign in, with an address to send them back to that is known.</summary>
internal sealed record AuthorizationRequest(
    Registration Client,
    string Redirect,
    bool InFragment,
    string? State,
    string? Nonce,
    string Scope,
    string? Challenge,
    string Prompt,
    string? Hint,
    ClaimsRequest Claims,
    bool WantsClientInfo)
{
    private static readonly string[] Prompts = ["", "none", "login", "select_account", "consent"];

    /// <returns>Without a request the refusal can only be shown; with one it is told to the page that asked.</returns>
    public static (AuthorizationRequest? Request, EntraProblem? Problem) Read(IQueryCollection query, string tenant, Registrations registrations)
    {
        foreach (var required in new[] { "client_id", "redirect_uri" })
        {
            if (string.IsNullOrEmpty(query[required]))
                return (null, EntraProblem.MissingParameter(required));
        }

        var (id, redirect) = (query["client_id"].ToString(), query["redirect_uri"].ToString());
        if (registrations.Find(id) is not { } client)
            return (null, EntraProblem.UnknownApplication(id, tenant));
        if (!client.Knows(redirect))
            return (null, EntraProblem.WrongRedirect(redirect, id));
        if (client.IsSingleTenant && EntraMetadata.IsForMany(tenant))
            return (null, EntraProblem.SingleTenant(id, client.Name));

        var request = new AuthorizationRequest(
            client, redirect, query["response_mode"] == "fragment", Text("state"), Text("nonce"), query["scope"].ToString(),
            Text("code_challenge"), query["prompt"].ToString(), Text("login_hint"), ClaimsRequest.Of(query["claims"]), query["client_info"] == "1");
        return (request, request.Refuse(query));

        string? Text(string name) => query[name].ToString() is { Length: > 0 } text ? text : null;
    }

    private EntraProblem? Refuse(IQueryCollection query)
    {
        foreach (var required in new[] { "response_type", "scope" })
        {
            if (string.IsNullOrEmpty(query[required]))
                return EntraProblem.MissingParameter(required);
        }

        if (query["response_type"] != "code")
            return EntraProblem.UnknownResponseType(query["response_type"].ToString());
        if (query["response_mode"].ToString() is not ("" or "query" or "fragment"))
            return EntraProblem.UnknownParameterValue("response_mode", query["response_mode"].ToString());
        if (!Prompts.Contains(Prompt))
            return EntraProblem.UnknownParameterValue("prompt", Prompt);
        return Challenge is null || query["code_challenge_method"] != "S256" ? EntraProblem.NoProofKey() : null;
    }

    /// <summary>The address to go back to, with the answer where the page wants it.</summary>
    public string Back(params (string Name, string? Value)[] answer)
    {
        var text = string.Join('&', answer.Append(("state", State)).Where(part => part.Item2 is not null)
            .Select(part => $"{part.Item1}={Uri.EscapeDataString(part.Item2!)}"));
        if (InFragment)
            return $"{Redirect}#{text}";

        return Redirect + (Redirect.Contains('?', StringComparison.Ordinal) ? "&" : "?") + text;
    }

    public string BackWith(EntraProblem problem)
    {
        var body = problem.Body(null);
        return Back(
            ("error", problem.Error),
            ("error_description", (string?)body["error_description"]),
            ("error_uri", (string?)body["error_uri"]),
            ("suberror", problem.SubError),
            ("claims", problem.Claims?.ToJsonString()));
    }
}
