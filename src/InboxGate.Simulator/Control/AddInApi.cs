using System.Text.Json.Nodes;
using InboxGate.Simulator.World;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace InboxGate.Simulator.Control;

/// <summary>The add-ins that an administrator has deployed to everybody, by their manifests.</summary>
internal sealed class AddInApi(TenantWorld world)
{
    public void Map(IEndpointRouteBuilder sim)
    {
        sim.MapGet("/addins", List);
        sim.MapPost("/addins", Deploy);
        sim.MapDelete("/addins/{id:guid}", Remove);
    }

    /// <summary>GET /sim/addins?language=de-DE: what each manifest offers, in the order of deployment.</summary>
    private IResult List(string? language) => world.Read(it =>
        Reply.Json(new JsonArray([.. it.AddIns.Select(addIn => AddInManifest.Read(addIn.Manifest).Draw(language ?? ""))])));

    /// <summary>POST /sim/addins {manifest}: the XML as text; the same Id again is a new version of the add-in.</summary>
    private async Task<IResult> Deploy(HttpRequest request)
    {
        var input = await Input.ReadAsync(request, "manifest");
        var text = input.Text("manifest");
        var manifest = AddInManifest.Read(text);
        return world.Write(it =>
        {
            var isNew = it.AddIns.All(addIn => addIn.Id != manifest.Id);
            it.Record(new AddInDeployed(manifest.Id, text));
            return Results.Json(manifest.Draw(""), statusCode: isNew ? StatusCodes.Status201Created : StatusCodes.Status200OK);
        });
    }

    private IResult Remove(Guid id) => world.Write(it =>
    {
        if (it.AddIns.All(addIn => addIn.Id != id))
            throw new Refusal(404, "unknown-add-in", $"There is no add-in {id} here.");

        it.Record(new AddInRemoved(id));
        return Results.NoContent();
    });
}
