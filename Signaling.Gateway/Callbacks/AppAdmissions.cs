using Microsoft.Extensions.Options;
using Signaling.Gateway.Configuration;
using Signaling.Gateway.Rereading;

namespace Signaling.Gateway.Callbacks;

/// <summary>Those of all apps that have one.</summary>
internal sealed class AppAdmissions
{
    private readonly Dictionary<string, AppAdmission> _apps;

    public AppAdmissions(
        IOptions<SignalingOptions> options, HttpClient http, AdmissionMetrics metrics, TimeProvider time, ILogger<AppAdmission> logger) =>
        _apps = options.Value.Apps
            .GroupBy(app => app.Path, StringComparer.Ordinal)
            .Select(same => same.Last())
            .Where(app => app.Admission?.Url is not null)
            .ToDictionary(app => app.Path, app => new AppAdmission(app, app.Admission!, http, metrics, time, logger), StringComparer.Ordinal);

    /// <summary>The files of their secrets, which are to be read again.</summary>
    public IEnumerable<IReread> Files => _apps.Values.Select(app => app.Secret);

    /// <summary>That of an app; null: nobody is asked.</summary>
    public AppAdmission? Of(string app) => _apps.GetValueOrDefault(app);
}
