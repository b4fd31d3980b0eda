using InboxGate.Core.Senders;
using static InboxGate.Core.Senders.SenderKind;
using static InboxGate.Core.Senders.VerdictReason;

namespace InboxGate.Core.Tests.Senders;

public sealed class SenderClassifierTests
{
    private const string Stranger = "ann@stranger.co.uk";

    [Theory]
    [InlineData("sam@contoso.com", "sam@contoso.com")]
    [InlineData("  SAM@Contoso.com. ", "sam@contoso.com")]
    [InlineData("sam+news@contoso.com", "sam@contoso.com")]
    [InlineData("sam.rep@contoso.onmicrosoft.com", "sam.rep@contoso.onmicrosoft.com")]
    public void The_reps_own_addresses_are_a_colleague_before_any_list(string from, string match)
    {
        var context = A.Context(rep: A.List(("sam@contoso.com", Prospect)));

        var verdict = SenderClassifier.Classify(A.Mail(from, headers: ("Auto-Submitted", "auto-replied")), context);

        Assert.Equal(new Verdict(Colleague, Self, match), verdict);
    }

    [Fact]
    public void An_address_on_the_reps_list_comes_before_the_teams_before_the_tenants()
    {
        var rep = A.List(("ann@acme.com", Customer));
        var team = A.List(("ann@acme.com", Vip), ("bob@acme.com", Other));
        var tenant = A.List(("ann@acme.com", Prospect), ("bob@acme.com", Prospect), ("cid@acme.com", Colleague));
        var context = A.Context(rep, team, tenant);

        Assert.Equal(new Verdict(Customer, ListedAddress, "ann@acme.com"), Classify("Ann@ACME.com", context));
        Assert.Equal(new Verdict(Other, ListedAddress, "bob@acme.com"), Classify("bob@acme.com", context));
        Assert.Equal(new Verdict(Colleague, ListedAddress, "cid@acme.com"), Classify("cid@acme.com", context));
    }

    [Theory]
    [InlineData("ann@acme.com", "ann+deal@acme.com", true)]
    [InlineData("ann+deal@acme.com", "ann@acme.com", true)]
    [InlineData("ann+deal@acme.com", "ann+offer@acme.com", true)]
    [InlineData("ann@acme.com", "anna@acme.com", false)]
    [InlineData("+ann@acme.com", "+bob@acme.com", false)]
    [InlineData("ann@bücher.de", "ann@xn--bcher-kva.de", true)]
    [InlineData("ann@xn--bcher-kva.de", "ann@BÜCHER.de.", true)]
    [InlineData("\u0430nn@acme.com", "ann@acme.com", false)]
    [InlineData("ann@acme.com", "ann@\u0430cme.com", false)]
    public void Addresses_compare_without_case_tags_and_spelling_of_the_domain(string listed, string from, bool same)
    {
        var verdict = Classify(from, A.Context(rep: A.List((listed, Customer))));

        Assert.Equal(same ? ListedAddress : UnknownSender, verdict.Reason);
    }

    [Fact]
    public void An_exact_entry_comes_before_one_that_only_shares_the_address_without_tags()
    {
        var context = A.Context(rep: A.List(("ann+deal@acme.com", Prospect), ("ann@acme.com", Customer)));

        Assert.Equal(Prospect, Classify("ann+deal@acme.com", context).Kind);
        Assert.Equal(Customer, Classify("ann@acme.com", context).Kind);
        Assert.Equal(Customer, Classify("ann+other@acme.com", context).Kind);
    }

    [Fact]
    public void The_order_of_entries_with_tags_never_matters()
    {
        (string, SenderKind)[] entries = [("ann+b@acme.com", Customer), ("ann+a@acme.com", Prospect), ("ann+c@acme.com", Other)];

        Assert.Equal(Prospect, Classify("ann@acme.com", A.Context(rep: A.List(entries))).Kind);
        Assert.Equal(Prospect, Classify("ann@acme.com", A.Context(rep: A.List([.. entries.Reverse()]))).Kind);
    }

    [Fact]
    public void Gaps_in_what_a_client_states_change_nothing()
    {
        var mail = new MessageFacts(
            new Correspondent("Ann via Users", Stranger), ReplyTo: [null!, new Correspondent(null, null)],
            Headers: [null!, new MessageHeader(null!, null!), new MessageHeader("Return-Path", null!)]);

        Assert.Equal(UnknownSender, SenderClassifier.Classify(mail, A.Context()).Reason);
    }

    [Fact]
    public void The_manager_is_a_vip_unless_switched_off_or_listed()
    {
        Assert.Equal(new Verdict(Vip, VerdictReason.Manager, "mara@contoso.com"), Classify("Mara@contoso.com", A.Context()));
        Assert.Equal(TenantDomain, Classify("mara@contoso.com", A.Context(managerIsVip: false)).Reason);
        Assert.Equal(ListedAddress, Classify("mara@contoso.com", A.Context(tenant: A.List(("mara@contoso.com", Colleague)))).Reason);
    }

    [Theory]
    [InlineData("Auto-Submitted", "auto-generated", true)]
    [InlineData("auto-submitted", "AUTO-REPLIED; owner-email=x", true)]
    [InlineData("Auto-Submitted", "no", false)]
    [InlineData("Auto-Submitted", " No ; x=y", false)]
    [InlineData("Auto-Submitted", "no (a person)", false)]
    [InlineData("Auto-Submitted", "nobody", true)]
    [InlineData("Content-Type", "multipart/report; report-type=delivery-status", true)]
    [InlineData("Content-Type", "Multipart/Report", true)]
    [InlineData("Content-Type", "multipart/reports", false)]
    [InlineData("Content-Type", "multipart/mixed; boundary=\"multipart/report\"", false)]
    [InlineData("Return-Path", "<>", true)]
    [InlineData("Return-Path", " <> ", true)]
    [InlineData("Return-Path", "<ann@stranger.co.uk>", false)]
    [InlineData("Precedence", "bulk", true)]
    [InlineData("Precedence", "Junk", true)]
    [InlineData("precedence", "list", true)]
    [InlineData("Precedence", "first-class", false)]
    [InlineData("List-Id", "<news.stranger.co.uk>", true)]
    [InlineData("list-unsubscribe", "<mailto:x@stranger.co.uk>", true)]
    [InlineData("List-Post", "<mailto:x@stranger.co.uk>", false)]
    [InlineData("X-Auto-Submitted", "auto-generated", false)]
    public void A_header_tells_a_machine_outside(string name, string value, bool machine)
    {
        var verdict = SenderClassifier.Classify(A.Mail(Stranger, headers: [("Subject", "x"), (name, value)]), A.Context());

        Assert.Equal(machine ? Machine : UnknownSender, verdict.Reason);
        Assert.Equal(machine ? name : null, verdict.Match, ignoreCase: true);
    }

    [Theory]
    [InlineData("Auto-Submitted", "auto-generated", true)]
    [InlineData("Content-Type", "multipart/report", true)]
    [InlineData("Return-Path", "<>", true)]
    [InlineData("Precedence", "bulk", false)]
    [InlineData("List-Id", "<all.contoso.com>", false)]
    [InlineData("List-Unsubscribe", "<mailto:x@contoso.com>", false)]
    public void Marks_of_lists_count_for_nothing_inside_the_tenant(string name, string value, bool machine)
    {
        Assert.Equal(machine ? Machine : TenantDomain,
            SenderClassifier.Classify(A.Mail("ann@sub.contoso.com", headers: (name, value)), A.Context()).Reason);
        Assert.Equal(machine ? Machine : TenantDomain,
            SenderClassifier.Classify(A.Mail("/O=EX/OU=X/CN=RECIPIENTS/CN=ANN", headers: (name, value)), A.Context()).Reason);
    }

    [Theory]
    [InlineData(null)]
    [InlineData("")]
    [InlineData("  ")]
    public void A_missing_sender_is_a_machine(string? address)
    {
        Assert.Equal(new Verdict(Automated, Machine, "From"), Classify(address, A.Context()));
        Assert.Equal(Machine, SenderClassifier.Classify(new MessageFacts(null, Sender: new Correspondent("Ann", Stranger)), A.Context()).Reason);
    }

    [Fact]
    public void A_machine_comes_after_addresses_and_before_domains()
    {
        var context = A.Context(rep: A.List(("noreply@acme.com", Prospect), ("acme.com", Customer)));

        Assert.Equal(ListedAddress, Classify("noreply@acme.com", context).Reason);
        Assert.Equal(Machine, Classify("no-reply@acme.com", context).Reason);
        Assert.Equal(ListedDomain, Classify("ann@acme.com", context).Reason);
        Assert.Equal(Machine, Classify("noreply@contoso.com", context).Reason);
        Assert.Equal(Machine, Classify("MAILER-DAEMON", context).Reason);
    }

    [Fact]
    public void The_most_specific_domain_wins_then_rep_before_team_before_tenant()
    {
        var rep = A.List(("acme.com", Customer));
        var team = A.List(("sales.acme.com", Prospect), ("acme.com", Vip));
        var tenant = A.List(("acme.com", Other), ("eu.sales.acme.com", Vip), ("sales.acme.com", Other));
        var context = A.Context(rep, team, tenant);

        Assert.Equal(new Verdict(Customer, ListedDomain, "acme.com"), Classify("a@acme.com", context));
        Assert.Equal(new Verdict(Customer, ListedDomain, "acme.com"), Classify("a@hr.acme.com", context));
        Assert.Equal(new Verdict(Prospect, ListedDomain, "sales.acme.com"), Classify("a@sales.acme.com", context));
        Assert.Equal(new Verdict(Vip, ListedDomain, "eu.sales.acme.com"), Classify("a@x.EU.sales.acme.com.", context));
        Assert.Equal(UnknownSender, Classify("a@notacme.com", context).Reason);
        Assert.Equal(UnknownSender, Classify("a@acme.com.evil.net", context).Reason);
    }

    [Theory]
    [InlineData("ann@contoso.com", "contoso.com")]
    [InlineData("ann@mail.contoso.com", "contoso.com")]
    [InlineData("ann@contoso.onmicrosoft.com", "contoso.onmicrosoft.com")]
    [InlineData("/O=EXCHANGELABS/OU=EXCHANGE/CN=RECIPIENTS/CN=ANN", "/O=EXCHANGELABS/OU=EXCHANGE/CN=RECIPIENTS/CN=ANN")]
    [InlineData("/o=ExchangeLabs/cn=Ann", "/o=ExchangeLabs/cn=Ann")]
    public void The_tenants_domains_and_legacy_addresses_are_colleagues(string from, string match) =>
        Assert.Equal(new Verdict(Colleague, TenantDomain, match), Classify(from, A.Context()));

    [Fact]
    public void A_listed_domain_comes_before_the_tenants_own() =>
        Assert.Equal(ListedDomain, Classify("ann@shop.contoso.com", A.Context(rep: A.List(("shop.contoso.com", Customer)))).Reason);

    [Theory]
    [InlineData("ann@notcontoso.com")]
    [InlineData("ann@contoso.com.net")]
    public void A_domain_that_only_looks_like_the_tenants_is_a_stranger(string from) =>
        Assert.Equal(new Verdict(Unknown, UnknownSender, null), Classify(from, A.Context()));

    [Fact]
    public void Who_the_rep_wrote_to_first_is_a_prospect_unless_switched_off_or_inside()
    {
        var mail = A.Mail(Stranger) with { RepWroteFirst = true };

        Assert.Equal(new Verdict(Prospect, YouWroteFirst, Stranger), SenderClassifier.Classify(mail, A.Context()));
        Assert.Equal(UnknownSender, SenderClassifier.Classify(mail, A.Context(infer: false)).Reason);
        Assert.Equal(TenantDomain, SenderClassifier.Classify(A.Mail("ann@contoso.com") with { RepWroteFirst = true }, A.Context()).Reason);
    }

    [Fact]
    public void Sender_and_reply_to_decide_nothing()
    {
        var mail = A.Mail(Stranger) with
        {
            Sender = new Correspondent("Bob", "noreply@contoso.com"),
            ReplyTo = [new Correspondent("Cid", "cid@contoso.com")],
        };

        Assert.Equal(UnknownSender, SenderClassifier.Classify(mail, A.Context()).Reason);
        Assert.Equal(Stranger, SenderClassifier.SenderAddress(mail));
    }

    [Theory]
    [InlineData("Ann via Users", new[] { "Ann@Contoso.com" }, "ann@contoso.com")]
    [InlineData("Ann via Users", new[] { "users@lists.org", "ann@contoso.com" }, "ann@contoso.com")]
    [InlineData("Ann via Users", new[] { "ann@contoso.com", "ANN+x@contoso.com", "" }, "ann@contoso.com")]
    [InlineData("Ann via Users", new[] { "ann@contoso.com", "bob@contoso.com" }, "users@lists.org")]
    [InlineData("Ann via Users", new[] { "users@lists.org" }, "users@lists.org")]
    [InlineData("Ann via Users", new string[0], "users@lists.org")]
    [InlineData("Ann (via Users)", new[] { "ann@contoso.com" }, "users@lists.org")]
    [InlineData("Octavia Users", new[] { "ann@contoso.com" }, "users@lists.org")]
    public void A_list_that_rewrote_from_names_its_one_other_address_as_the_sender(string name, string[] replyTo, string sender)
    {
        var mail = A.Mail("users@lists.org", name, ("List-Id", "<users.lists.org>")) with
        {
            ReplyTo = [.. replyTo.Select(x => new Correspondent(null, x))],
        };

        Assert.Equal(sender, SenderClassifier.SenderAddress(mail));
        Assert.Equal(sender == "ann@contoso.com" ? TenantDomain : Machine, SenderClassifier.Classify(mail, A.Context()).Reason);
    }

    [Fact]
    public void List_headers_count_for_nothing_when_the_sender_is_behind_a_list_but_a_robot_stays_one()
    {
        var mail = A.Mail("users@lists.org", "Ann via Users", ("List-Id", "<x>"), ("Precedence", "list"), ("List-Unsubscribe", "<y>")) with
        {
            ReplyTo = [new Correspondent("Ann", Stranger)],
        };

        Assert.Equal(UnknownSender, SenderClassifier.Classify(mail, A.Context()).Reason);
        Assert.Equal(Machine, SenderClassifier.Classify(
            mail with { Headers = [.. mail.Headers!, new MessageHeader("Auto-Submitted", "auto-replied")] }, A.Context()).Reason);
    }

    [Theory]
    [InlineData("sam@contoso.com", false)]
    [InlineData("mara@contoso.com", false)]
    [InlineData("noreply@stranger.co.uk", false)]
    [InlineData("listed@acme.com", false)]
    [InlineData(null, false)]
    [InlineData("ann@acme.com", true)]
    [InlineData("ann@contoso.com", true)]
    [InlineData(Stranger, true)]
    public void Headers_are_worth_fetching_only_where_they_could_change_the_verdict(string? from, bool worth)
    {
        var context = A.Context(rep: A.List(("listed@acme.com", Customer), ("acme.com", Customer)));
        var mail = new MessageFacts(new Correspondent("Ann", from));

        Assert.Equal(worth, SenderClassifier.HeadersDecide(mail, context));
        Assert.False(SenderClassifier.HeadersDecide(mail with { Headers = [] }, context));
    }

    [Theory]
    [InlineData(" Ann@BÜCHER.de. ", "ann@xn--bcher-kva.de")]
    [InlineData("/O=EX/CN=ANN", "/O=EX/CN=ANN")]
    [InlineData("not an address", "not an address")]
    [InlineData(" ", null)]
    [InlineData(null, null)]
    public void The_senders_address_comes_normalised(string? from, string? address) =>
        Assert.Equal(address, SenderClassifier.SenderAddress(A.Mail(from)));

    [Theory]
    [InlineData("@")]
    [InlineData("@acme.com")]
    [InlineData("ann@")]
    [InlineData("ann@.")]
    [InlineData("ann@acme..com")]
    [InlineData("ann@\u200d.com")]
    [InlineData("a@b@c@")]
    [InlineData("\ud800@acme.com")]
    [InlineData("ann@\ud800.com")]
    public void Any_text_gets_a_verdict(string from) =>
        Assert.Equal(UnknownSender, Classify(from, A.Context(rep: A.List(("other.com", Customer)))).Reason);

    [Fact]
    public void A_text_of_any_length_gets_a_verdict()
    {
        Assert.Equal(UnknownSender, Classify(new string('x', 100_000) + "@" + new string('y', 100_000), A.Context()).Reason);
        Assert.Equal(UnknownSender, Classify(new string('ü', 300) + "@" + new string('ü', 19), A.Context()).Reason);
    }

    [Theory]
    [InlineData("buyer@acme.com")]
    [InlineData("Ann+x@EU.Acme.com.")]
    [InlineData("ann@müller.de")]
    [InlineData("ann@contoso.com")]
    [InlineData("no-reply@shop.net")]
    [InlineData("/O=EX/CN=ANN")]
    public void A_decision_allocates_nothing(string from)
    {
        var context = A.Context(rep: A.List(("buyer@acme.com", Prospect), ("acme.com", Customer), ("a+b@acme.com", Vip)));
        var mail = A.Mail(from, headers: [("Received", "x"), ("Content-Type", "text/plain; charset=utf-8"), ("Auto-Submitted", "no")]);
        for (var i = 0; i < 100; i++)
        {
            SenderClassifier.Classify(mail, context);
        }

        GC.Collect();
        var before = GC.GetAllocatedBytesForCurrentThread();
        for (var i = 0; i < 1000; i++)
        {
            SenderClassifier.Classify(mail, context);
        }

        // The compiler may book a little while it swaps methods; one object each would be 24,000 bytes.
        Assert.InRange(GC.GetAllocatedBytesForCurrentThread() - before, 0, 12_000);
    }

    private static Verdict Classify(string? from, SenderContext context) => SenderClassifier.Classify(A.Mail(from), context);
}
