using System.Diagnostics;
using System.Globalization;
using System.Net;
using System.Net.Sockets;
using Npgsql;

namespace InboxGate.Web.Tests.Stories;

/// <summary>A real PostgreSQL of our own until it is disposed of, in a folder of its own.</summary>
/// <param name="isSynced">Whether commits wait for the disk, as they do in production. What is killed loses nothing without that either.</param>
public sealed class PostgresCluster(bool isSynced = true) : IAsyncDisposable
{
    private const string Unsynced = " -c fsync=off -c full_page_writes=off";
    private readonly string folder = Directory.CreateTempSubdirectory("inboxgate-postgres-").FullName;
    private readonly int port = FreePort();
    private int databases;

    public async Task StartAsync()
    {
        // PostgreSQL refuses to run as root.
        if (Environment.IsPrivilegedProcess)
        {
            await RunAsync("chown", "postgres", folder);
        }

        var cluster = Path.Combine(folder, "cluster");
        await RunAsPostgresAsync(Tool("initdb"), "-D", cluster, "-U", "inboxgate", "-A", "trust", "-E", "UTF8", "--no-sync");
        await RunAsPostgresAsync(
            Tool("pg_ctl"), "-D", cluster, "-w", "-l", Path.Combine(folder, "log"),
            "-o", string.Create(CultureInfo.InvariantCulture, $"-p {port} -c listen_addresses=127.0.0.1 -c unix_socket_directories='{folder}' -c max_connections=300{(isSynced ? "" : Unsynced)}"), "start");
    }

    public async ValueTask DisposeAsync()
    {
        NpgsqlConnection.ClearAllPools();
        await RunAsPostgresAsync(Tool("pg_ctl"), "-D", Path.Combine(folder, "cluster"), "-m", "immediate", "stop");
        Directory.Delete(folder, recursive: true);
    }

    /// <summary>As after a power cut: every connection is gone, and what was not committed is too.</summary>
    public Task RestartAsync() =>
        RunAsPostgresAsync(Tool("pg_ctl"), "-D", Path.Combine(folder, "cluster"), "-w", "-m", "immediate", "-l", Path.Combine(folder, "log"), "restart");

    /// <summary>A new database: an empty one, or a copy of another that nobody is connected to.</summary>
    public async Task<string> CreateDatabaseAsync(string? like = null)
    {
        var name = string.Create(CultureInfo.InvariantCulture, $"test{Interlocked.Increment(ref databases)}");
        await using var connection = new NpgsqlConnection(ConnectionString("postgres"));
        await connection.OpenAsync();
        await using var command = connection.CreateCommand();
#pragma warning disable CA2100 // The name is ours.
        command.CommandText = $"CREATE DATABASE {name} TEMPLATE {(like is null ? "template1" : new NpgsqlConnectionStringBuilder(like).Database)}";
#pragma warning restore CA2100
        await command.ExecuteNonQueryAsync();
        return ConnectionString(name);
    }

    /// <summary>As the operations page says.</summary>
    public static Task BackUpAsync(string database, string file) =>
        RunAsync(Tool("pg_dump"), "--format=custom", $"--file={file}", $"--dbname={LibraryString(database)}");

    /// <summary>Into a new database.</summary>
    public async Task<string> RestoreAsync(string file)
    {
        var database = await CreateDatabaseAsync();
        await RunAsync(Tool("pg_restore"), "--no-owner", $"--dbname={LibraryString(database)}", file);
        return database;
    }

    /// <summary>How PostgreSQL's own tools are told the same.</summary>
    private static string LibraryString(string database)
    {
        var said = new NpgsqlConnectionStringBuilder(database);
        return string.Create(CultureInfo.InvariantCulture, $"host={said.Host} port={said.Port} user={said.Username} dbname={said.Database}");
    }

    private string ConnectionString(string database) => new NpgsqlConnectionStringBuilder
    {
        Host = "127.0.0.1",
        Port = port,
        Username = "inboxgate",
        Database = database,
        MaxPoolSize = 20,
        // A busy machine is slow, and fails nobody for it.
        Timeout = 120,
        CommandTimeout = 300,
        // The databases of tests that are over hold no connection for long: there are hundreds of them.
        ConnectionIdleLifetime = 10,
        ConnectionPruningInterval = 2,
    }.ToString();

    private static string Tool(string name) =>
        Directory.GetDirectories("/usr/lib/postgresql").Order().Select(x => Path.Combine(x, "bin", name)).Last(File.Exists);

    private static Task RunAsPostgresAsync(params string[] command) =>
        Environment.IsPrivilegedProcess ? RunAsync(["runuser", "-u", "postgres", "--", .. command]) : RunAsync(command);

    private static async Task RunAsync(params string[] command)
    {
        using var process = Process.Start(new ProcessStartInfo(command[0], command[1..]) { WorkingDirectory = "/", RedirectStandardOutput = false })!;
        await process.WaitForExitAsync();
        if (process.ExitCode != 0)
        {
            throw new InvalidOperationException($"{command[0]} {command[^1]} ended with {process.ExitCode}.");
        }
    }

    private static int FreePort()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }
}
