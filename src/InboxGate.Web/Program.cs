using InboxGate.Web;

var app = Server.Build(args);
await Server.RunAsync(app);
