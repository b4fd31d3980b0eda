using InboxGate.Simulator.Entra;
using InboxGate.Simulator.World;
using Microsoft.IdentityModel.JsonWebTokens;

namespace InboxGate.Simulator.Graph;

/// <summary>Who asks Graph: an application for itself, or for the user whose id is given.</summary>
internal sealed record Caller(string ApplicationId, string ObjectId, Guid? User, IReadOnlyList<string> Permissions, long TokenIssuedAt)
{
    /// <summary>The directory roles of the person who is signed in, by their template ids.</summary>
    public IReadOnlyList<string> DirectoryRoles { get; private init; } = [];

    public static readonly Caller Nobody = new("", "", null, [], 0);

    public static Caller From(JsonWebToken token)
    {
        var objectId = TokenMint.Claim(token, "oid") ?? "";
        var scopes = TokenMint.Claim(token, "scp");
        var permissions = scopes?.Split(' ', StringSplitOptions.RemoveEmptyEntries)
            ?? (token.TryGetPayloadValue<string[]>("roles", out var roles) ? roles : []);
        return new Caller(TokenMint.Claim(token, "azp") ?? "", objectId, scopes is not null && Guid.TryParse(objectId, out var user) ? user : null, permissions,
            token.TryGetPayloadValue<long>(TokenMint.IssuedTicks, out var ticks) ? ticks : 0)
        {
            DirectoryRoles = token.TryGetPayloadValue<string[]>("wids", out var wids) ? wids : [],
        };
    }

    /// <summary>With what was granted or taken away since the token was issued; a person's scopes can only be taken away.</summary>
    public Caller As(Permissions standing) => this with
    {
        Permissions = User is null ? standing.Of(Permissions) : [.. Permissions.Where(permission => !standing.IsDenied(permission))],
    };

    public bool May(params string[] anyOf) =>
        anyOf.Any(permission => Permissions.Contains(permission, StringComparer.OrdinalIgnoreCase)
            || Permissions.Contains(permission + ".All", StringComparer.OrdinalIgnoreCase));

    public bool MayReadMail => May("Mail.ReadBasic", "Mail.Read", "Mail.ReadWrite");

    /// <summary>Bodies and previews are not for those who hold the basic permission only.</summary>
    public bool MayReadBodies => May("Mail.Read", "Mail.ReadWrite");
}
