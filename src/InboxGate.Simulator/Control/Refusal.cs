namespace InboxGate.Simulator.Control;

/// <summary>A request to the control API that cannot be followed, and why; it becomes a ProblemDetails answer.</summary>
internal sealed class Refusal(int status, string type, string title) : Exception(title)
{
    public int Status { get; } = status;

    public string Type { get; } = "https://inboxgate.example/simulator/problems/" + type;

    public static Refusal Invalid(string title) => new(400, "invalid-input", title);

    public static Refusal UnknownUser(string user) =>
        new(404, "unknown-user", $"There is no user {user} in the simulated tenant: POST /sim/users first.");

    public static Refusal UnknownMessage(string internetMessageId) =>
        new(404, "unknown-message", $"There is no message {internetMessageId} in this mailbox.");
}
