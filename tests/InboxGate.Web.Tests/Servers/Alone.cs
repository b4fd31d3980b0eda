namespace InboxGate.Web.Tests.Servers;

/// <summary>What holds within real seconds, keeps a whole machine busy or weighs the process's memory: these tests run by themselves, one after the other.</summary>
[CollectionDefinition(nameof(Alone), DisableParallelization = true)]
public sealed class Alone;
