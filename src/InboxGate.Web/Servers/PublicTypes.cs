using System.Reflection;
using Microsoft.AspNetCore.Mvc.ApplicationParts;

namespace InboxGate.Web.Servers;

/// <summary>Where MVC finds this server's controllers. They are public, and to look through an assembly's every type is to load it: five times as many, and a start waits for it.</summary>
internal sealed class PublicTypes(Assembly assembly) : ApplicationPart, IApplicationPartTypeProvider
{
    public override string Name => assembly.GetName().Name!;

    public IEnumerable<TypeInfo> Types => assembly.GetExportedTypes().Select(x => x.GetTypeInfo());

    /// <summary>Other assemblies' parts, as of a host that brings controllers of its own, stay.</summary>
    public static void PutInPlace(ApplicationPartManager manager)
    {
        var server = typeof(PublicTypes).Assembly;
        foreach (var whole in manager.ApplicationParts.Where(x => x is AssemblyPart part && part.Assembly == server).ToList())
        {
            manager.ApplicationParts.Remove(whole);
        }

        manager.ApplicationParts.Add(new PublicTypes(server));
    }
}
