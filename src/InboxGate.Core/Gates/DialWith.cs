namespace InboxGate.Core.Gates;

/// <summary>What dials a number: whatever the device has for <c>tel:</c> links, or Microsoft Teams.</summary>
public enum DialWith
{
    Tel,
    Teams,
}
