namespace Signaling.Gateway.Admin;

/// <summary>What an endpoint of the admin API is for, as <c>drain a node</c>: said to who may not, and in the audit log.</summary>
/// <param name="What">The act.</param>
internal sealed record AdminAct(string What);

/// <summary>Lets who may use the admin API through: see <see cref="AdminGate"/>.</summary>
internal sealed class AdminFilter(AdminGate gate) : IEndpointFilter
{
    public async ValueTask<object?> InvokeAsync(EndpointFilterInvocationContext context, EndpointFilterDelegate next)
    {
        var act = context.HttpContext.GetEndpoint()!.Metadata.GetRequiredMetadata<AdminAct>();
        return await gate.AdmitsAsync(context.HttpContext, act.What) ? await next(context) : Results.Empty;
    }
}
