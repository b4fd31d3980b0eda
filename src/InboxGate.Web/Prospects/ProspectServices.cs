using InboxGate.Web.Prospects.Calling;
using InboxGate.Web.Prospects.Contacts;
using InboxGate.Web.Prospects.Import;
using InboxGate.Web.Prospects.List;

namespace InboxGate.Web.Prospects;

public static class ProspectServices
{
    public static IServiceCollection AddProspects(this IServiceCollection services)
    {
        services.AddSingleton<ContactReader>();
        services.AddSingleton<ContactReading>();
        services.AddSingleton<ContactSources>();
        services.AddSingleton<ListImports>();
        services.AddSingleton<ListIndexes>();
        services.AddSingleton<ProspectReading>();
        services.AddSingleton<ProspectEditing>();
        services.AddSingleton<NextCallsReading>();
        return services.AddSingleton<ProspectExport>();
    }
}
