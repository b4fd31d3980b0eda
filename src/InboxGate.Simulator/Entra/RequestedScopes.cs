namespace InboxGate.Simulator.Entra;

/// <summary>The scopes of one request, taken apart: OpenID's own, and those of the one resource a token can be for.</summary>
/// <param name="Resource">Graph's address, or the id of an API.</param>
/// <param name="Granted">As the token names them.</param>
/// <param name="Said">As the answer to the client names them.</param>
internal sealed record RequestedScopes(string Resource, IReadOnlyList<string> Granted, IReadOnlyList<string> Said, bool OpenId, bool Offline)
{
    private static readonly string[] OpenIdScopes = ["openid", "profile", "email", "offline_access"];

    public static (RequestedScopes? Scopes, EntraProblem? Problem) Of(string text, Registrations registrations, Registration client)
    {
        var all = text.Split(' ', StringSplitOptions.RemoveEmptyEntries).Distinct(StringComparer.Ordinal).ToList();
        string? resource = null;
        List<string> granted = [], said = [];
        foreach (var asked in all.Except(OpenIdScopes))
        {
            var (itsResource, name) = Split(asked);
            if (resource is not null && resource != itsResource)
                return (null, EntraProblem.SeveralResources());

            resource = itsResource;
            if (itsResource == TokenMint.GraphAudience)
            {
                IReadOnlyList<string> names = name == ".default" ? client.MayAskFor ?? [] : [name];
                if (names.Any(it => registrations.IsDenied(it) || client.MayAskFor?.Contains(it, StringComparer.OrdinalIgnoreCase) == false))
                    return (null, EntraProblem.NotConsented(asked));
                granted.AddRange(names);
                said.AddRange(names.Select(it => $"{TokenMint.GraphAudience}/{it}"));
                continue;
            }

            if (registrations.Find(itsResource) is not { } api)
                return (null, EntraProblem.UnknownResource(itsResource));
            if (name != ".default" && !api.Exposed.Contains(name))
                return (null, EntraProblem.BadScope(asked));
            if (registrations.IsDenied(name))
                return (null, EntraProblem.NotConsented(asked));
            granted.AddRange(name == ".default" ? api.Exposed : [name]);
            said.Add(asked);
        }

        if (all.Count == 0)
            return (null, EntraProblem.BadScope(text));

        resource ??= TokenMint.GraphAudience;
        if (resource == TokenMint.GraphAudience)
        {
            granted.AddRange(all.Intersect(["openid", "profile", "email"]));
            said.AddRange(all.Intersect(["openid", "profile", "email"]));
        }

        return (new RequestedScopes(resource, granted, said, all.Contains("openid"), all.Contains("offline_access")), null);
    }

    private static (string Resource, string Name) Split(string scope)
    {
        const string Api = "api://";
        var end = scope.LastIndexOf('/');
        if (end < 0)
            return (TokenMint.GraphAudience, scope);

        var resource = scope[..end].TrimEnd('/');
        // api://{id} and api://{host}/{id} are the usual ways to name an API.
        return (resource.StartsWith(Api, StringComparison.OrdinalIgnoreCase) ? resource[(resource.LastIndexOf('/') + 1)..] : resource, scope[(end + 1)..]);
    }
}
