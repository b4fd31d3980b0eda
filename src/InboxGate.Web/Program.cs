using InboxGate.Web;
using Microsoft.Extensions.Options;

if (args is [HealthQuestion.Command, ..])
{
    return await HealthQuestion.AskAsync(args.ElementAtOrDefault(1), Console.Error);
}

try
{
    await Server.RunAsync(Server.Build(args));
    return 0;
}
catch (Exception wrong) when (wrong is OptionsValidationException
    or AggregateException { InnerExceptions: [OptionsValidationException, ..] })
{
    // Settings are the administrator's to mend: words, not a stack trace.
    foreach (var invalid in wrong is AggregateException several ? several.InnerExceptions : [wrong])
    {
        foreach (var failure in ((OptionsValidationException)invalid).Failures)
        {
            await Console.Error.WriteLineAsync(failure);
        }
    }

    return 1;
}
