using Microsoft.AspNetCore.StaticFiles;
using Microsoft.Extensions.FileProviders;
using Microsoft.Extensions.FileProviders.Physical;

namespace Signaling.Gateway.Hosting;

/// <summary>Serves the files of the <c>public</c> folder, and where it has none of a name, those of the program.</summary>
internal static class PublicFiles
{
    // The pages call other servers too, and most say for themselves that they need less.
    private const string OwnPages =
        "default-src 'self'; connect-src 'self' ws: wss:; object-src 'none'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'";

    /// <param name="app">The application.</param>
    /// <param name="folder">The folder; it may be missing.</param>
    public static void UsePublicFiles(this WebApplication app, string? folder)
    {
        var ownFiles = app.Environment.WebRootFileProvider;
        var files = new FileServerOptions
        {
            FileProvider = Directory.Exists(folder)
                ? new CompositeFileProvider(new PhysicalFileProvider(folder, ExclusionFilters.None), ownFiles)
                : ownFiles,
        };
        // What an ACME client leaves in .well-known/acme-challenge has no extension.
        files.StaticFileOptions.ServeUnknownFileTypes = true;
        files.StaticFileOptions.DefaultContentType = "application/octet-stream";
        files.StaticFileOptions.OnPrepareResponse = file => AddHeaders(file, app.Environment.WebRootPath);
        files.DefaultFilesOptions.DefaultFileNames = ["index.html"];

        // What an endpoint takes, a socket above all, is no request for a file: nothing is kept for it here.
        app.Use((context, next) => context.GetEndpoint() is null ? RedirectNearbyAsync(context, next) : next(context));
        app.UseDefaultFiles(files.DefaultFilesOptions);

        // What still ends in a slash is no folder with a page. It may be a file's name with a slash behind it, which the framework takes
        // for the file, and fails to open.
        app.UseWhen(context => context.Request.Path.Value is not [.., '/'], inside => inside.UseStaticFiles(files.StaticFileOptions));
    }

    /// <summary>
    /// Sends who asks for a folder without its slash to where it is, seen from there: a proxy may serve the service by another name,
    /// by https, or under a path of its own.
    /// </summary>
    private static async Task RedirectNearbyAsync(HttpContext context, RequestDelegate next)
    {
        await next(context);
        var response = context.Response;
        if (response is { HasStarted: false, StatusCode: StatusCodes.Status301MovedPermanently }
            && Uri.TryCreate(response.Headers.Location, UriKind.Absolute, out var folder))
        {
            response.Headers.Location = $"./{folder.Segments[^1]}{folder.Query}";
        }
    }

    /// <summary>
    /// As the original has them: files are asked for anew each time, and texts are UTF-8. What the program's own pages may do is
    /// said here too; those of the folder are not ours to judge.
    /// </summary>
    private static void AddHeaders(StaticFileResponseContext file, string? ownFolder)
    {
        var headers = file.Context.Response.Headers;
        if (ownFolder is not null && file.File.PhysicalPath?.StartsWith(ownFolder, StringComparison.Ordinal) is true)
        {
            headers.ContentSecurityPolicy = OwnPages;
            headers.XContentTypeOptions = PublicAnswers.NoSniff;
        }

        headers.CacheControl = "public, max-age=0";
        if (headers.ContentType is [{ } type] && type.StartsWith("text/", StringComparison.Ordinal))
            headers.ContentType = $"{type}; charset=utf-8";
    }
}
