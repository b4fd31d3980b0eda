using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using System.Text.Json.Nodes;
using InboxGate.Simulator.Entra;
using InboxGate.Simulator.World;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace InboxGate.Simulator.Control;

/// <summary>Tokens for people, certificates for the application.</summary>
internal sealed class TokensApi(TenantWorld world, TokenMint mint, EntraKeys keys)
{
    public void Map(IEndpointRouteBuilder sim)
    {
        sim.MapPost("/tokens", Token);
        sim.MapPost("/keys", RollKeys);
        sim.MapPost("/certificates", RegisterCertificate);
    }

    /// <summary>
    /// POST /sim/tokens {user, …}: <c>claims</c> says any claim of the token otherwise, or takes it out with null.
    /// </summary>

    private async Task<IResult> Token(HttpRequest request)
    {
        var input = await Input.ReadAsync(request, "user", "roles", "audience", "tenant", "issuer", "scope", "expiresIn", "notBeforeIn", "claims");
        var wishes = new UserTokenWishes(
            input.OptionalTexts("roles") ?? [],
            input.OptionalText("scope") ?? "access_as_user",
            Seconds(input, "expiresIn") ?? 3600,
            Seconds(input, "notBeforeIn"),
            input.OptionalText("audience"),
            input.OptionalText("tenant"),
            input.OptionalText("issuer"),
            input.Has("claims") ? input.Object("claims") : null);
        return world.Read(it => Reply.Json(new JsonObject { ["accessToken"] = mint.ForUser(Reply.KnownUser(it, input.Text("user")), wishes) }));
    }

    /// <summary>POST /sim/keys {withdraw?}: tokens are signed with a new key from now on; those before it stay published unless withdrawn.</summary>
    private async Task<IResult> RollKeys(HttpRequest request)
    {
        var input = await Input.ReadAsync(request, "withdraw");
        return Reply.Json(new JsonObject { ["kid"] = keys.Roll(input.OptionalFlag("withdraw") ?? false) });
    }

    private static long? Seconds(Input input, string member) =>
        input.OptionalWhole(member) is { } seconds && Math.Abs(seconds) > 315_360_000
            ? throw Refusal.Invalid($"{member} is a number of seconds within ten years.")
            : input.OptionalWhole(member);

    private async Task<IResult> RegisterCertificate(HttpRequest request)
    {
        var input = await Input.ReadAsync(request, "certificate");
        X509Certificate2 certificate;
        try
        {
            certificate = X509Certificate2.CreateFromPem(input.Text("certificate"));
        }
        catch (CryptographicException)
        {
            throw Refusal.Invalid("certificate has to be a certificate in PEM form.");
        }

        using (certificate)
        {
            using var key = certificate.GetRSAPublicKey();
            if (key is null)
                throw Refusal.Invalid("certificate has to have an RSA key.");

            var pem = certificate.ExportCertificatePem();
            world.Write(it => it.Certificates.Contains(pem) ? null : it.Record(new CertificateRegistered(pem)));
            return Results.Json(new JsonObject { ["thumbprint"] = certificate.Thumbprint }, statusCode: StatusCodes.Status201Created);
        }
    }
}
