using System.Globalization;
using CsCheck;
using InboxGate.Core.Senders;

namespace InboxGate.Core.Tests.Senders;

public sealed class MailAddressTests
{
    [Theory]
    [InlineData(" Ann@Acme.COM ", "ann@acme.com")]
    [InlineData("ann@acme.com.", "ann@acme.com")]
    [InlineData("ann@Bücher.DE", "ann@xn--bcher-kva.de")]
    [InlineData("ann@XN--BCHER-KVA.de", "ann@xn--bcher-kva.de")]
    [InlineData("ann@faß.de", "ann@xn--fa-hia.de")]
    [InlineData("ann@例え.jp", "ann@xn--r8jz45g.jp")]
    [InlineData("ann@acme。com", "ann@acme.com")]
    [InlineData("JÖRG@acme.com", "jörg@acme.com")]
    [InlineData("ann+tag@acme.com", "ann+tag@acme.com")]
    public void An_address_is_normalised(string text, string normalised)
    {
        Assert.True(MailAddress.TryParse(text, out var address));
        Assert.Equal(normalised, address.Text);
    }

    [Theory]
    [InlineData(null)]
    [InlineData("")]
    [InlineData("ann")]
    [InlineData("@acme.com")]
    [InlineData("ann@")]
    [InlineData("ann@acme..com")]
    [InlineData("ann@-acme.com")]
    [InlineData("ann@acme-.com")]
    [InlineData("ann@192.168.1.1")]
    [InlineData("ann smith@acme.com")]
    [InlineData("Ann <ann@acme.com>")]
    [InlineData("ann@acme.com, bob@acme.com")]
    [InlineData("ann@ac me.com")]
    [InlineData("ann@acme.com..")]
    [InlineData("ann\n@acme.com")]
    public void What_is_no_address_is_refused(string? text) => Assert.False(MailAddress.TryParse(text, out _));

    [Theory]
    [InlineData("ann@acme.com", "ANN+x@acme.com", true)]
    [InlineData("ann+y@acme.com", "ann+x@acme.com", true)]
    [InlineData("ann@acme.com", "ann@acme.org", false)]
    [InlineData("ann", "ann", false)]
    public void Addresses_are_the_same_without_their_tags(string one, string other, bool same) =>
        Assert.Equal(same, MailAddress.Same(one, other));

    [Fact]
    public void Names_encoded_without_allocating_are_those_of_the_framework()
    {
        var idna = new IdnMapping();
        var letters = Enumerable.Range(0, 0xd7a4).Select(x => (char)x)
            .Where(x => char.IsLetter(x) && x is < '\u0500' or (>= '\u4e00' and <= '\u9fff') or (>= '\uac00' and <= '\ud7a3'))
            .ToArray();
        foreach (var letter in letters)
        {
            Same($"a{letter}b.com");
        }

        A.OneOf(letters).Array[1, 20].Select(x => new string(x))
            .Sample(name => Same($"{name}.example.com"), iter: 5_000);
        A.OneOf('ä', 'ß', 'é', 'б', 'я', 'ω', '中', '文', '한', 'a', 'z', '0', '-').Array[1, 60].Select(x => new string(x))
            .Sample(name => Same($"{name}.com"), iter: 5_000);

        void Same(string domain)
        {
            string? expected;
            try
            {
                expected = idna.GetAscii(domain).ToLowerInvariant();
            }
            catch (ArgumentException)
            {
                expected = null;
            }

            var parsed = MailAddress.TryParse($"x@{domain}", out var address) ? address.Domain : null;
            Assert.True(parsed == expected || parsed is null, $"{domain}: {parsed} instead of {expected}");
            Assert.True(parsed is not null || expected is null || !IsHostName(expected), $"{domain}: refused, not {expected}");
        }

        static bool IsHostName(string ascii) =>
            ascii.Split('.').All(x => x.Length is > 0 and < 64 && x[0] != '-' && x[^1] != '-' && x.All(y => char.IsAsciiLetterOrDigit(y) || y == '-'));
    }
}
