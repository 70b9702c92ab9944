namespace Signaling.Gateway.Hosting;

/// <summary>What browsers are told with every answer on the public listeners.</summary>
internal static class PublicAnswers
{
    /// <summary>What something is, is what the answer says that it is.</summary>
    public const string NoSniff = "nosniff";

    /// <summary>
    /// Has browsers take each answer for what it says that it is. Not in the open mode, where a page in the folder <c>public</c> may
    /// have scripts of unknown endings, as builds of Unity have.
    /// </summary>
    public static void UseNoSniffing(this WebApplication app) => app.Use(static (context, next) =>
    {
        context.Response.Headers.XContentTypeOptions = NoSniff;
        return next(context);
    });
}
