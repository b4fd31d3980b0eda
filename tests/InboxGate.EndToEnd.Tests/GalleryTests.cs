using Microsoft.Playwright;

namespace InboxGate.EndToEnd.Tests;

public sealed class GalleryTests(Browser browser)
{
    private const int Narrow = 320;

    /// <summary>A pane of 320 px has 160 of its pixels left at 200 % zoom.</summary>
    private const int NarrowAtDoubleZoom = Narrow / 2;

    public static TheoryData<string> Languages => ["en", "de", "fr", "es", "ja"];

    [Theory]
    [InlineData("light")]
    [InlineData("dark")]
    [InlineData("forced")]
    public async Task Axe_finds_nothing_in_any_state(string theme)
    {
        var gallery = await Gallery.OpenAsync(browser, Wide(Narrow, theme));

        var findings = new List<string>();
        foreach (var state in gallery.States)
        {
            await gallery.ShowAsync(state);
            findings.AddRange((await gallery.AxeAsync(RulesFor(theme))).Select(it => $"{state}: {it}"));
        }

        Assert.Empty(findings);
    }

    [Theory]
    [MemberData(nameof(Languages))]
    public async Task Nothing_is_cut_off_in_a_narrow_pane(string language)
    {
        var gallery = await Gallery.OpenAsync(browser, Wide(Narrow));

        var faults = new List<string>();
        foreach (var state in gallery.States)
        {
            await gallery.ShowAsync(state, language);
            faults.AddRange((await gallery.CutOffAsync()).Select(it => $"{state}: {it}"));
            await gallery.PictureAsync(language, state);
        }

        Assert.Empty(faults);
    }

    [Theory]
    [MemberData(nameof(Languages))]
    public async Task Nothing_is_cut_off_at_double_zoom(string language)
    {
        var gallery = await Gallery.OpenAsync(browser, Wide(NarrowAtDoubleZoom));

        var faults = new List<string>();
        foreach (var state in gallery.States)
        {
            await gallery.ShowAsync(state, language);
            faults.AddRange((await gallery.CutOffAsync()).Select(it => $"{state}: {it}"));
        }

        Assert.Empty(faults);
    }

    [Fact]
    public async Task Nothing_is_cut_off_where_one_reads_from_the_right()
    {
        var gallery = await Gallery.OpenAsync(browser, Wide(Narrow));

        var faults = new List<string>();
        foreach (var state in gallery.States)
        {
            await gallery.ShowAsync(state);
            await gallery.Page.EvaluateAsync("() => document.documentElement.dir = 'rtl'");
            faults.AddRange((await gallery.CutOffAsync()).Select(it => $"{state}: {it}"));
            await gallery.PictureAsync("rtl", state);
        }

        Assert.Empty(faults);
    }

    [Fact]
    public async Task Every_control_is_reached_by_keyboard_with_its_focus_in_sight()
    {
        var gallery = await Gallery.OpenAsync(browser, Wide(Narrow));

        var faults = new List<string>();
        foreach (var state in gallery.States)
        {
            await gallery.ShowAsync(state);
            var controls = await gallery.Page.EvaluateAsync<int>(NumberControls);
            var reached = new HashSet<int>();
            for (var press = 0; press < 2 * controls + 2 && reached.Count < controls; press++)
            {
                await gallery.Page.Keyboard.PressAsync("Tab");
                var (number, outline) = Read(await gallery.Page.EvaluateAsync<double[]>(Focused));
                if (number < 0)
                {
                    continue;
                }

                reached.Add(number);
                if (outline < 2)
                {
                    faults.Add($"{state}: control {number} hides its focus");
                }
            }

            if (reached.Count < controls)
            {
                faults.Add($"{state}: {reached.Count} of {controls} controls reached");
            }
        }

        Assert.Empty(faults);
    }

    /// <summary>Another theme changes nothing but colours: there the rules about them are asked again, all others once.</summary>
    private static string[]? RulesFor(string theme) => theme == "light" ? null : ["color-contrast", "link-in-text-block"];

    private static (int Number, double OutlinePixels) Read(double[] focused) => ((int)focused[0], focused[1]);

    // A group of radio buttons is one stop; under a sheet nothing can be reached, nor need it be.
    private const string NumberControls =
        """
        () => {
          const within = document.querySelector('dialog[open]') ?? document;
          const all = [...within.querySelectorAll('button, summary, input, select')]
            .filter((it) => !it.disabled && it.checkVisibility() && !(it.type === 'radio' && !it.checked));
          all.forEach((it, at) => it.dataset.number = at);
          document.activeElement?.blur();
          return all.length;
        }
        """;

    private const string Focused =
        """
        () => {
          const it = document.activeElement;
          const { outlineStyle, outlineWidth } = getComputedStyle(it);
          return [Number(it.dataset.number ?? -1), outlineStyle === 'none' ? 0 : parseFloat(outlineWidth)];
        }
        """;

    private static BrowserNewContextOptions Wide(int width, string theme = "light") => new()
    {
        ViewportSize = new() { Width = width, Height = 700 },
        ColorScheme = theme == "dark" ? ColorScheme.Dark : ColorScheme.Light,
        ForcedColors = theme == "forced" ? ForcedColors.Active : ForcedColors.None,
    };
}
