using System.Text.Json.Nodes;
using InboxGate.Simulator.Entra;
using InboxGate.Simulator.World;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace InboxGate.Simulator.Control;

/// <summary>How people sign in: how long their tokens live, and the devices that wait to be approved.</summary>
internal sealed class SignInApi(TenantWorld world, PublicGrants people, DeviceCodes devices)
{
    public void Map(IEndpointRouteBuilder sim)
    {
        sim.MapPost("/signin", Change);
        sim.MapGet("/devicecodes", () => Reply.Json(new JsonArray([.. devices.Waiting().Select(signIn => new JsonObject
        {
            ["userCode"] = signIn.UserCode,
            ["clientId"] = signIn.Client.ToString(),
            ["scope"] = signIn.Scope,
            ["expiresAt"] = GraphTime.Seconds(signIn.Until),
        })])));
        sim.MapPost("/devicecodes", Decide);
    }

    /// <summary>POST /sim/signin {accessTokenSeconds}: how long the access tokens live that people are given from now on.</summary>
    private async Task<IResult> Change(HttpRequest request)
    {
        var input = await Input.ReadAsync(request, "accessTokenSeconds");
        var seconds = input.OptionalWhole("accessTokenSeconds");
        if (seconds is not (>= 1 and <= 100_000))
            throw Refusal.Invalid("accessTokenSeconds is required: 1 to 100000.");

        people.AccessTokenLifetime = TimeSpan.FromSeconds(seconds.Value);
        return Results.NoContent();
    }

    /// <summary>POST /sim/devicecodes {userCode, user, approve?}: what a person would do on the page.</summary>
    private async Task<IResult> Decide(HttpRequest request)
    {
        var input = await Input.ReadAsync(request, "userCode", "user", "approve");
        var user = world.Read(it => Reply.KnownUser(it, input.Text("user")));
        return devices.Decide(input.Text("userCode"), input.OptionalFlag("approve") is false ? null : user.Id)
            ? Results.NoContent()
            : throw new Refusal(404, "unknown-code", "No device waits with this code.");
    }
}
