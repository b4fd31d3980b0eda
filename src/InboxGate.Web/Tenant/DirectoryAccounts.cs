using InboxGate.Web.Mailbox;
using InboxGate.Web.People;
using Microsoft.Graph.Models.ODataErrors;

namespace InboxGate.Web.Tenant;

/// <summary>Asks the directory whether accounts are still there.</summary>
public sealed class DirectoryAccounts(GraphClients clients)
{
    /// <summary>True only when the directory says so; whatever else goes wrong is no proof.</summary>
    public async Task<bool> IsGoneAsync(RepKey rep, CancellationToken ct)
    {
        try
        {
            await clients.For(rep).Users[rep.RepId.ToString("D")].GetAsync(request => request.QueryParameters.Select = ["id"], ct);
            return false;
        }
        catch (ODataError error) when (error.ResponseStatusCode == StatusCodes.Status404NotFound)
        {
            return true;
        }
        catch (Exception failure) when (!ct.IsCancellationRequested && MailboxProblem.Of(failure) is not null)
        {
            return false;
        }
    }
}
