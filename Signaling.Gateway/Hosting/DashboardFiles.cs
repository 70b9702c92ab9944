using Microsoft.Extensions.FileProviders;

namespace Signaling.Gateway.Hosting;

/// <summary>The page of the internal listener: <c>/dashboard/</c>. Its files are in a folder of their own, which no other listener serves.</summary>
internal static class DashboardFiles
{
    private const string Path = "/dashboard";

    // Nothing of the page is within its markup, and it calls nobody but the node that it came from.
    private const string Policy =
        "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; connect-src 'self'; " +
        "base-uri 'none'; form-action 'none'; frame-ancestors 'none'; require-trusted-types-for 'script'";

    /// <param name="inside">What serves the internal listener.</param>
    public static void UseDashboard(this IApplicationBuilder inside)
    {
        var files = new FileServerOptions
        {
            RequestPath = Path,
            FileProvider = new PhysicalFileProvider(System.IO.Path.Combine(AppContext.BaseDirectory, "wwwroot-internal", "dashboard")),
        };
        files.DefaultFilesOptions.DefaultFileNames = ["index.html"];
        files.StaticFileOptions.OnPrepareResponse = file =>
        {
            var headers = file.Context.Response.Headers;
            headers.ContentSecurityPolicy = Policy;
            headers.XContentTypeOptions = PublicAnswers.NoSniff;
            headers.CacheControl = "no-cache";
            headers["Referrer-Policy"] = "same-origin";
        };
        inside.UseFileServer(files);
    }
}
