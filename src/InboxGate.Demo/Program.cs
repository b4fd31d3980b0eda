using System.ComponentModel;
using System.Diagnostics;
using InboxGate.Demo;
using InboxGate.Demo.SampleDay;
using InboxGate.Simulator;

if (args is ["--help" or "-h"])
{
    Console.WriteLine(DemoArguments.Usage);
    return 0;
}

DemoArguments arguments;
try
{
    arguments = DemoArguments.Parse(args);
}
catch (FormatException wrong)
{
    Console.Error.WriteLine(wrong.Message);
    Console.Error.WriteLine(DemoArguments.Usage);
    return 2;
}

var kept = arguments.DataFolder is not null;
var folder = arguments.DataFolder ?? Directory.CreateTempSubdirectory("inboxgate-demo-").FullName;
var isNew = !File.Exists(Path.Combine(folder, "inboxgate.db"));
Directory.CreateDirectory(folder);
try
{
    using var stop = new CancellationTokenSource();
    using var interrupt = PosixSignals.StopOn(stop);

    // A sample day begins on a working morning, so that nine o'clock and lunch are still ahead.
    var now = arguments.Now ?? (arguments.Empty || !isNew ? null : WorkingMorning.Latest(TimeProvider.System.GetUtcNow()));
    var options = new SimulatorOptions
    {
        HttpPort = arguments.SimulatorPort,
        HttpsPort = arguments.SimulatorPort + 1,
        DataDirectory = Path.Combine(folder, "simulator"),
        Now = now,
        RedirectUris = [$"http://localhost:{arguments.Port}/signin.html", $"brk-multihub://localhost:{arguments.Port}"],
        // So that mail can be marked in the message list, too, when the rep asks for it.
        ApplicationPermissions = [.. new SimulatorOptions().ApplicationPermissions, "Mail.ReadWrite", "MailboxSettings.ReadWrite", "Contacts.Read"],
    };
    await using var simulator = await SimulatorHost.StartAsync(options, stop.Token);
    await using var product = await Product.StartAsync(arguments, folder, simulator, options, stop.Token);

    var address = new Uri($"http://localhost:{arguments.Port}");
    await AddIn.DeployAsync(simulator, address, stop.Token);
    var look = $"http://localhost:{arguments.SimulatorPort}/";
    if (!arguments.Empty && isNew)
    {
        look += "?arrivals&user=" + await Morning.BeginAsync(simulator, address, stop.Token);
    }

    Console.WriteLine($"InboxGate:            http://localhost:{arguments.Port}");
    Console.WriteLine($"Outlook look-alike:   {look}");
    Console.WriteLine($"The manager's team:   http://localhost:{arguments.Port}/team{(arguments.Empty ? "" : $" (sign in as {Day.Manager})")}");
    Console.WriteLine("Ready. Press Ctrl+C to stop.");
    if (arguments.OpenBrowser)
    {
        Open(look);
    }

    try
    {
        await Task.Delay(Timeout.Infinite, stop.Token);
    }
    catch (OperationCanceledException)
    {
        // Asked to stop.
    }

    await product.StopAsync(CancellationToken.None);
    return 0;
}
catch (IOException taken) when (taken.InnerException is Microsoft.AspNetCore.Connections.AddressInUseException)
{
    Console.Error.WriteLine($"{taken.Message} Choose others with --port and --simulator-port.");
    return 1;
}
finally
{
    if (!kept)
    {
        Directory.Delete(folder, recursive: true);
    }
}

static void Open(string address)
{
    try
    {
        using var browser = Process.Start(new ProcessStartInfo(address) { UseShellExecute = true });
    }
    catch (Win32Exception)
    {
        // No browser here; the address is printed.
    }
}
