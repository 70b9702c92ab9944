using System.Text.RegularExpressions;
using k8s.Models;
using Xunit;

namespace Signaling.Tests.Deploy.Chart;

/// <summary>What the chart makes of some values.</summary>
/// <param name="Text">All of it.</param>
internal sealed partial record Render(string Text)
{
    private const string TemplateMark = "# Source: signaling/templates/";

    /// <summary>Its objects.</summary>
    public IReadOnlyList<RenderedObject> Objects { get; } = [.. ObjectsOf(Text)];

    /// <summary>The nodes.</summary>
    public V1StatefulSet Nodes => One<V1StatefulSet>();

    /// <summary>A node's pod.</summary>
    public V1PodTemplateSpec Pod => Nodes.Spec.Template;

    /// <summary>A node's own container.</summary>
    public V1Container Container => Pod.Spec.Containers.Single(container => container.Name is "signaling");

    /// <summary>The services that lead to nodes.</summary>
    public IReadOnlyList<V1Service> NodeServices => [.. All<V1Service>().Where(service => service.Metadata.Labels["app.kubernetes.io/component"] is not "coturn")];

    /// <summary>The text of <c>config.json</c>.</summary>
    public string Config => Named<V1ConfigMap>(Nodes.Metadata.Name).Data["config.json"];

    /// <summary>Renders the chart with values given on the command line.</summary>
    public static async Task<Render> WithAsync(params IEnumerable<string> set) => new(
        (await Helm.TemplateAsync(["--set", "image.repository=registry.example.com/signaling", .. set.SelectMany(one => (string[])["--set", one])])).Succeeded);

    /// <summary>Renders the chart with one of its sets of values.</summary>
    public static async Task<Render> OfAsync(string name) => new((await Helm.TemplateAsync("--values", ChartFolder.ValuesOf(name))).Succeeded);

    /// <summary>All objects of a kind.</summary>
    public IReadOnlyList<T> All<T>() => [.. Objects.Where(one => KnownKinds.Knows<T>(one.ApiVersion, one.Kind)).Select(one => (T)one.Typed)];

    /// <summary>The only object of a kind.</summary>
    public T One<T>() => Assert.Single(All<T>());

    /// <summary>The object of a kind and a name.</summary>
    public T Named<T>(string name) => (T)Assert.Single(
        Objects, one => KnownKinds.Knows<T>(one.ApiVersion, one.Kind) && string.Equals(one.Name, name, StringComparison.Ordinal)).Typed;

    private static IEnumerable<RenderedObject> ObjectsOf(string text)
    {
        var template = "";
        foreach (var document in Separator().Split(text).Where(document => !string.IsNullOrWhiteSpace(document)))
        {
            // What follows the first object of a template carries no mark of its own.
            template = Mark().Match(document) is { Success: true } mark ? mark.Groups["template"].Value : template;
            yield return new RenderedObject(template, document);
        }
    }

    [GeneratedRegex(@"^---\r?\n", RegexOptions.Multiline, 1000)]
    private static partial Regex Separator();

    [GeneratedRegex($@"^{TemplateMark}(?<template>\S+)", RegexOptions.Multiline | RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex Mark();
}
