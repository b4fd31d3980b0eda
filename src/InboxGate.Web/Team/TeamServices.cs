using InboxGate.Web.Gates;
using InboxGate.Web.Plan;

namespace InboxGate.Web.Team;

public static class TeamServices
{
    public static IServiceCollection AddTeam(this IServiceCollection services)
    {
        services.AddOptions<TeamOptions>().BindConfiguration(TeamOptions.Section);
        services.AddSingleton<TargetLedger>();
        services.AddSingleton<SharedPolicies>();
        services.AddSingleton<TeamNews>();
        services.AddSingleton<TeamPages>();
        return services.AddSingleton<TeamReading>();
    }
}
