using k8s.Models;

namespace Signaling.Tests.Deploy.Chart.Crds;

/// <summary>Gateway API's: the fields that the chart uses.</summary>
internal sealed record HttpRoute(string ApiVersion, string Kind, V1ObjectMeta Metadata, HttpRouteSpec Spec);

internal sealed record HttpRouteSpec(IReadOnlyList<ParentRef> ParentRefs, IReadOnlyList<RouteRule> Rules)
{
    public IReadOnlyList<string> Hostnames { get; init; } = [];
}

internal sealed record ParentRef(string Name)
{
    public string? Namespace { get; init; }

    public string? SectionName { get; init; }
}

internal sealed record RouteRule(IReadOnlyList<RouteMatch> Matches, IReadOnlyList<RouteBackend> BackendRefs, RouteTimeouts Timeouts)
{
    public IReadOnlyList<RouteFilter> Filters { get; init; } = [];
}

internal sealed record RouteMatch(RoutePath Path);

internal sealed record RoutePath(string Type, string Value);

internal sealed record RouteBackend(string Name, int Port);

internal sealed record RouteTimeouts(string Request, string BackendRequest);

internal sealed record RouteFilter(string Type)
{
    public HeaderModifier? RequestHeaderModifier { get; init; }

    public UrlRewrite? UrlRewrite { get; init; }
}

internal sealed record HeaderModifier(IReadOnlyList<string> Remove);

internal sealed record UrlRewrite(RewrittenPath Path);

internal sealed record RewrittenPath(string Type, string ReplacePrefixMatch);
