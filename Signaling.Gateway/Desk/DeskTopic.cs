using System.Text.Json;
using System.Text.Json.Serialization;

namespace Signaling.Gateway.Desk;

/// <summary>Something that who runs the service may ask each node, as JSON between nodes: a field that one does not know is left out.</summary>
/// <typeparam name="TQuestion">What is asked.</typeparam>
/// <typeparam name="TAnswer">What each node answers.</typeparam>
/// <param name="name">Its name between nodes.</param>
internal abstract class DeskTopic<TQuestion, TAnswer>(string name) : IDeskTopic
{
    private static readonly JsonSerializerOptions Json = new(JsonSerializerDefaults.Web)
    {
        DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
        Converters = { new JsonStringEnumConverter() },
    };

    public string Name { get; } = name;

    public static byte[] Write(TQuestion question) => JsonSerializer.SerializeToUtf8Bytes(question, Json);

    public static TAnswer Read(byte[] answer) => JsonSerializer.Deserialize<TAnswer>(answer, Json)!;

    public async Task<byte[]> AnswerAsync(ReadOnlyMemory<byte> question) =>
        JsonSerializer.SerializeToUtf8Bytes(await AnswerAsync(JsonSerializer.Deserialize<TQuestion>(question.Span, Json)!), Json);

    /// <summary>Answers for this node.</summary>
    protected abstract Task<TAnswer> AnswerAsync(TQuestion question);
}
