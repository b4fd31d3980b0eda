namespace InboxGate.Web.Tests.Servers;

/// <summary>What holds within real seconds, or keeps a whole machine busy: these tests run by themselves, one after the other.</summary>
[CollectionDefinition(nameof(Alone), DisableParallelization = true)]
public sealed class Alone;
