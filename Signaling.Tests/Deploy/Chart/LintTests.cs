using System.Xml.Linq;
using Signaling.Tests.House;
using Xunit;

namespace Signaling.Tests.Deploy.Chart;

public sealed class LintTests
{
    [Theory]
    [MemberData(nameof(ChartRenders.Sets), MemberType = typeof(ChartRenders))]
    public async Task Helm_finds_nothing_to_say_about_a_set_of_values(string set)
    {
        var lint = await Helm.RunAsync("lint", "--strict", ChartFolder.Path, "--values", ChartFolder.ValuesOf(set));

        Assert.Equal(0, lint.ExitCode);
        Assert.DoesNotContain("[", lint.Output, StringComparison.Ordinal);
    }

    [Fact]
    public void The_chart_brings_the_version_of_this_program()
    {
        var project = XDocument.Parse(SourceFile.Read("Directory.Build.props")).Descendants("Version").Single().Value;

        Assert.Equal(project, StrictYaml.ToJson(File.ReadAllText(ChartFolder.File("Chart.yaml"))).GetProperty("appVersion").GetString());
    }
}
