using InboxGate.Core.Senders;

namespace InboxGate.Core.Tests.Senders;

public sealed class VerdictWordsTests
{
    [Theory]
    [InlineData(SenderKind.Colleague, VerdictReason.Self, "sam@contoso.com", "You wrote this yourself.")]
    [InlineData(SenderKind.Customer, VerdictReason.ListedAddress, "ann@acme.com", "Ann is listed as a customer (ann@acme.com).")]
    [InlineData(SenderKind.Other, VerdictReason.ListedAddress, "ann@acme.com", "Ann is listed as not a prospect (ann@acme.com).")]
    [InlineData(SenderKind.Vip, VerdictReason.Manager, "ann@contoso.com", "Ann is your manager.")]
    [InlineData(SenderKind.Automated, VerdictReason.Machine, "List-Id", "A machine wrote this (List-Id).")]
    [InlineData(SenderKind.Prospect, VerdictReason.ListedDomain, "acme.com", "Ann is a prospect (acme.com).")]
    [InlineData(SenderKind.Colleague, VerdictReason.TenantDomain, "contoso.com", "Ann is a colleague (contoso.com).")]
    [InlineData(SenderKind.Colleague, VerdictReason.TenantDomain, "/O=EX/CN=ANN", "Ann is a colleague.")]
    [InlineData(SenderKind.Prospect, VerdictReason.YouWroteFirst, "ann@acme.com", "You wrote to Ann first.")]
    [InlineData(SenderKind.Unknown, VerdictReason.UnknownSender, null, "Nobody has said yet who Ann is.")]
    public void Every_reason_has_words(SenderKind kind, VerdictReason reason, string? match, string words) =>
        Assert.Equal(words, VerdictWords.Because(new Verdict(kind, reason, match), new Correspondent("Ann", "ann@x.com")));

    [Fact]
    public void A_sender_without_a_name_goes_by_the_address_and_an_erased_one_by_none()
    {
        var verdict = new Verdict(SenderKind.Colleague, VerdictReason.TenantDomain, "contoso.com");

        Assert.Equal("ann@x.com is a colleague (contoso.com).", VerdictWords.Because(verdict, new Correspondent(" ", "ann@x.com")));
        Assert.Equal("The sender is a colleague (contoso.com).", VerdictWords.Because(verdict, null));
    }
}
