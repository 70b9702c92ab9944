using System.Text.RegularExpressions;
using System.Xml.Linq;
using Signaling.Tests.House;
using Xunit;

namespace Signaling.Tests.Deploy.Image;

/// <summary>What must hold of the Dockerfile and can be seen without building it.</summary>
public sealed class DockerfileTests
{
    private static readonly Dockerfile File = Dockerfile.Read();

    [Fact]
    public void The_program_gets_signals_itself_and_needs_no_shell()
    {
        Assert.StartsWith("[\"", Of("ENTRYPOINT").Text, StringComparison.Ordinal);
        Assert.Matches(" CMD \\[\"", Of("HEALTHCHECK").Text);
        Assert.DoesNotContain(File.Final, one => one.Name is "RUN" or "SHELL" or "CMD");
    }

    [Fact]
    public void The_user_is_a_number_that_is_not_root_so_that_Kubernetes_can_see_it() =>
        Assert.True(int.Parse(Of("USER").Text) > 0);

    [Fact]
    public void Base_images_are_arguments_that_name_a_version_and_can_be_pinned()
    {
        var images = File.Arguments.Where(one => one.Text.Contains("_IMAGE=", StringComparison.Ordinal)).ToArray();

        Assert.Equal(2, images.Length);
        Assert.All(images, one => Assert.Matches(@"^\w+_IMAGE=mcr\.microsoft\.com/dotnet/(sdk|aspnet):10\.0-\w+(-chiseled)?$", one.Text));
        Assert.All(File.Stages, stage => Assert.Matches(@"\$\{\w+_IMAGE\}", stage[0].Text));
    }

    [Fact]
    public void The_packages_are_restored_from_all_that_they_follow_from_before_any_code_comes()
    {
        var build = File.Stages[0];
        var restore = build.TakeWhile(one => one.Name is not "RUN").Where(one => one.Name is "COPY").SelectMany(one => one.Text.Split(' ')[..^1]).ToArray();

        Assert.Contains("dotnet restore", build.First(one => one.Name is "RUN").Text, StringComparison.Ordinal);
        Assert.Equal(
            string.Join('\n', ProjectsFrom("Signaling.Gateway/Signaling.Gateway.csproj").Distinct(StringComparer.Ordinal).Concat(["Directory.Build.props", "Directory.Packages.props", "global.json"]).Order(StringComparer.Ordinal)),
            string.Join('\n', restore.Order(StringComparer.Ordinal)));
    }

    [Fact]
    public void Nothing_secret_has_a_place_in_it() =>
        Assert.DoesNotContain(File.All.Where(one => one.Name is "ENV" or "ARG" or "COPY"), one =>
            Regex.IsMatch(one.Text, "token|secret|password|key", RegexOptions.IgnoreCase, TimeSpan.FromSeconds(1)));

    [Fact]
    public void Its_version_is_that_of_the_service() =>
        Assert.Contains(File.Final, one => one.Name is "ARG" && one.Text.Equals($"VERSION={Version}", StringComparison.Ordinal));

    [Fact]
    public void The_build_sees_nothing_but_what_it_copies()
    {
        var seen = SourceFile.Read(".dockerignore").Split('\n').Where(line => line.StartsWith('!')).Select(line => line[1..]);
        var copied = File.All.Where(one => one.Name is "COPY" && !one.Text.Contains("--from", StringComparison.Ordinal))
            .SelectMany(one => one.Text.Split(' ').Where(word => !word.StartsWith("--", StringComparison.Ordinal)).SkipLast(1))
            .Where(path => !path.EndsWith(".csproj", StringComparison.Ordinal))
            .Select(path => path.TrimEnd('/'));

        Assert.Equal(string.Join('\n', seen.Order(StringComparer.Ordinal)), string.Join('\n', copied.Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal)));
    }

    [Fact]
    public void The_image_that_the_SDK_makes_has_the_same_base_user_ports_variables_and_program()
    {
        var project = XDocument.Parse(SourceFile.Read("Signaling.Gateway/Signaling.Gateway.csproj"));
        string Property(string name) => project.Descendants(name).Single().Value;
        string Item(string name) => project.Descendants(name).Single().Attribute("Include")!.Value;
        var variables = project.Descendants("ContainerEnvironmentVariable").Select(one => $"{one.Attribute("Include")!.Value}={one.Attribute("Value")!.Value}");

        Assert.Contains(File.Arguments, one => one.Text.EndsWith($"aspnet:10.0-{Property("ContainerFamily")}", StringComparison.Ordinal));
        Assert.Equal(Of("USER").Text, Property("ContainerUser"));
        Assert.Equal(Of("EXPOSE").Text, Item("ContainerPort").Replace(';', ' '));
        Assert.Equal(Of("ENV").Text, string.Join(' ', variables));
        Assert.Equal(Of("ENTRYPOINT").Text, $"[\"{Item("ContainerAppCommand")}\"]");
    }

    private static string Version => XDocument.Parse(SourceFile.Read("Directory.Build.props")).Descendants("Version").Single().Value;

    private static Dockerfile.Instruction Of(string name) => File.Final.Single(one => string.Equals(one.Name, name, StringComparison.Ordinal));

    private static IEnumerable<string> ProjectsFrom(string project)
    {
        var folder = Path.GetDirectoryName(project)!;
        return XDocument.Parse(SourceFile.Read(project)).Descendants("ProjectReference")
            .Select(reference => Path.GetRelativePath(SourceFile.Root, Path.Combine(SourceFile.Root, folder, reference.Attribute("Include")!.Value)))
            .SelectMany(ProjectsFrom)
            .Append(project);
    }
}
