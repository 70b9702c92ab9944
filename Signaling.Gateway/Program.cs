using Signaling.Gateway;
using Signaling.Gateway.Configuration;
var builder = WebApplication.CreateBuilder(args);
builder.Services.AddSignaling(o => { o.LogVerbose = true; o.Apps.Add(new AppOptions { Path = "/callapp" }); o.Apps.Add(new AppOptions { Path = "/conferenceapp", AddressSharing = true });});
var app = builder.Build();
app.UseRouting();
app.MapSignaling();
app.Run();
