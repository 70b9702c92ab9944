using System.CommandLine;

namespace Signaling.Gateway.CommandLine;

/// <summary>Names the configuration file, for each command that reads one as a start does.</summary>
internal sealed class ConfigOption : Option<string>
{
    public ConfigOption()
        : base("--config")
    {
        Description = "The configuration file. Default: config.json in this folder; none there: dev mode. [SIGNALING_CONFIG]";
        HelpName = "FILE";
    }
}
