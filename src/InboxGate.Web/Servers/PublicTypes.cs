using System.Reflection;
using Microsoft.AspNetCore.Mvc.ApplicationParts;

namespace InboxGate.Web.Servers;

/// <summary>Where MVC finds controllers. They are public, and to look through an assembly's every type is to load it: five times as many, and a start waits for it.</summary>
internal sealed class PublicTypes(Assembly assembly) : ApplicationPart, IApplicationPartTypeProvider
{
    public override string Name => assembly.GetName().Name!;

    public IEnumerable<TypeInfo> Types => assembly.GetExportedTypes().Select(x => x.GetTypeInfo());
}
