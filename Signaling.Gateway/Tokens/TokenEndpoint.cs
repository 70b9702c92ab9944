using System.Buffers;
using System.Globalization;
using System.IO.Pipelines;
using Microsoft.Extensions.Options;
using Microsoft.Net.Http.Headers;
using Signaling.Gateway.Admin;
using Signaling.Gateway.Configuration;
using Signaling.Gateway.Metrics;

namespace Signaling.Gateway.Tokens;

/// <summary>
/// <c>/api/admin/regUserToken</c>, as the original has it: GET or POST, the admin token in <c>Authorization</c>, bare or
/// after <c>Bearer</c>.
/// </summary>
internal sealed class TokenEndpoint(
    UserTokens tokens,
    AdminCheck admin,
    AuditLog audit,
    TokenMetrics metrics,
    IOptions<SignalingOptions> options) : IRequestHandler
{
    /// <summary>The endpoint's path, compared exactly.</summary>
    public const string Path = "/api/admin/regUserToken";

    public async Task HandleAsync(HttpContext context)
    {
        var request = context.Request;
        if (!HttpMethods.IsPost(request.Method) && !HttpMethods.IsGet(request.Method))
        {
            context.Response.Headers[HeaderNames.Allow] = "GET, POST";
            await AnswerAsync(context, StatusCodes.Status405MethodNotAllowed, "Method Not Allowed: use POST.");
        }
        else if (admin.Of(context) is not AdminVerdict.Admin and var verdict)
        {
            await RefuseAsync(context, verdict);
        }
        else if (await ReadBodyAsync(request.BodyReader, options.Value.Tokens.MaxRequestBytes, context.RequestAborted) is not { } body)
        {
            await AnswerAsync(context, StatusCodes.Status413PayloadTooLarge, "Payload Too Large: see signaling.tokens.maxRequestBytes.");
        }
        else if (!TokenRequest.TryRead(body, out var registration, out var error))
        {
            await AnswerAsync(context, StatusCodes.Status400BadRequest, error);
        }
        else
        {
            await RegisterAsync(context, registration);
        }
    }

    private static async Task<byte[]?> ReadBodyAsync(PipeReader reader, int limit, CancellationToken cancellation)
    {
        while (true)
        {
            var read = await reader.ReadAsync(cancellation);
            if (read.IsCompleted || read.Buffer.Length > limit)
            {
                var body = read.Buffer.Length > limit ? null : read.Buffer.ToArray();
                reader.AdvanceTo(read.Buffer.End);
                return body;
            }

            reader.AdvanceTo(read.Buffer.Start, read.Buffer.End);
        }
    }

    private static Task AnswerAsync(HttpContext context, int status, string text)
    {
        context.Response.StatusCode = status;
        context.Response.ContentType = "text/plain; charset=utf-8";
        return context.Response.WriteAsync(text);
    }

    private Task RefuseAsync(HttpContext context, AdminVerdict verdict)
    {
        if (verdict == AdminVerdict.Throttled)
        {
            context.Response.Headers.RetryAfter = Math.Ceiling(admin.Interval.TotalSeconds).ToString(CultureInfo.InvariantCulture);
            return AnswerAsync(context, StatusCodes.Status429TooManyRequests, "Too many wrong admin tokens have come from this address. Try again later.");
        }

        if (verdict == AdminVerdict.Missing)
            metrics.Refused(TokenFault.Missing);
        audit.Refused(context, "register user tokens", "its admin token is wrong or missing, or none is set");
        return AnswerAsync(context, StatusCodes.Status401Unauthorized, "Unauthorized");
    }

    private async Task RegisterAsync(HttpContext context, TokenRequest registration)
    {
        var outcome = await tokens.RegisterAsync(registration.UserToken, registration.Seconds);
        audit.Registered(context, registration.UserToken, registration.Seconds, outcome.ToString());
        switch (outcome)
        {
            case Registration.Done:
                await context.Response.WriteAsJsonAsync(new { registered = true });
                break;
            case Registration.Full:
                await AnswerAsync(
                    context,
                    StatusCodes.Status507InsufficientStorage,
                    "Too many user tokens are registered: see signaling.tokens.maxCount.");
                break;
            default:
                await AnswerAsync(
                    context,
                    StatusCodes.Status503ServiceUnavailable,
                    "Not every node has confirmed the user token in time. Register it again.");
                break;
        }
    }
}
