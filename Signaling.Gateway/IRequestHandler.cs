namespace Signaling.Gateway;

/// <summary>Serves the requests of one endpoint.</summary>
internal interface IRequestHandler
{
    /// <summary>Serves a request to its end.</summary>
    Task HandleAsync(HttpContext context);
}
