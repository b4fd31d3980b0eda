using System.Text.RegularExpressions;
using CsCheck;
using InboxGate.Core.Senders;

namespace InboxGate.Core.Tests.Senders;

public sealed partial class MachineLocalPartTests
{
    [Theory]
    [InlineData("noreply", true)]
    [InlineData("no-reply", true)]
    [InlineData("No_Reply", true)]
    [InlineData("no.reply.eu", true)]
    [InlineData("noreply2", true)]
    [InlineData("noreply+abc", true)]
    [InlineData("shop-noreply", true)]
    [InlineData("shop+no-reply-3", true)]
    [InlineData("donotreply", true)]
    [InlineData("do-not_reply", true)]
    [InlineData("x.do.not.reply.y", true)]
    [InlineData("do-no-reply", true)]
    [InlineData("mailer-daemon", true)]
    [InlineData("MAILERDAEMON", true)]
    [InlineData("postmaster", true)]
    [InlineData("postmaster-eu", true)]
    [InlineData("bounce", true)]
    [InlineData("bounces", true)]
    [InlineData("bounces+123", true)]
    [InlineData("bounce7", true)]
    [InlineData("noreplyx", false)]
    [InlineData("nonreply", false)]
    [InlineData("xnoreply", false)]
    [InlineData("no--reply", false)]
    [InlineData("n-o-reply", false)]
    [InlineData("do-not", false)]
    [InlineData("x-postmaster", false)]
    [InlineData("postmasters", false)]
    [InlineData("bouncer", false)]
    [InlineData("my-bounces", false)]
    [InlineData("reply", false)]
    [InlineData("noah.reply", false)]
    public void A_local_part_tells_a_machine(string local, bool machine)
    {
        var verdict = SenderClassifier.Classify(A.Mail($"{local}@stranger.co.uk"), A.Context());

        Assert.Equal(machine ? VerdictReason.Machine : VerdictReason.UnknownSender, verdict.Reason);
        Assert.Equal(machine ? $"{local}@stranger.co.uk" : null, verdict.Match);
    }

    [Fact]
    public void The_marks_are_exactly_those_of_the_written_patterns() =>
        A.OneOf("no", "do", "not", "reply", "-", "_", ".", "+", "1", "x", "mailer", "daemon", "postmaster", "bounce", "s", "NO")
            .Array[1, 8].Select(string.Concat)
            .Sample(local => Assert.Equal(
                Anywhere().IsMatch(local.ToLowerInvariant()) || AtTheStart().IsMatch(local.ToLowerInvariant()),
                SenderClassifier.Classify(A.Mail($"{local}@stranger.co.uk"), A.Context()).Reason == VerdictReason.Machine),
                iter: 50_000);

    [GeneratedRegex(@"(^|[-_.+])(no[-_.]?reply|do[-_.]?not[-_.]?reply)([-_.+0-9].*)?$")]
    private static partial Regex Anywhere();

    [GeneratedRegex(@"^(mailer[-_.]?daemon|postmaster|bounces?)([-_.+0-9].*)?$")]
    private static partial Regex AtTheStart();
}
