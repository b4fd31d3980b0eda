namespace InboxGate.Web.SignIn;

/// <summary>The server acts on behalf of the rep only, and holds no token of theirs that is still good.</summary>
public sealed class SignInNeededException() : Exception("The rep has to sign in again.");
