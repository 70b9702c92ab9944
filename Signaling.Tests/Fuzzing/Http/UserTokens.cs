using Signaling.Tests.Gateway.Tokens.Signed;

namespace Signaling.Tests.Fuzzing.Http;

/// <summary>User tokens that somebody has signed, and what looks like some.</summary>
internal static class UserTokens
{
    /// <summary>What the good ones are signed with.</summary>
    public const string Secret = "what the fuzzing's tokens are signed with";

    public const string Issuer = "https://login.example";

    public const string Audience = "signaling";

    private const string Named = $"\"iss\":\"{Issuer}\",\"aud\":\"{Audience}\"";
    private const string Lasting = $"{Named},\"exp\":4102444800";
    private const string Header = "{\"alg\":\"HS256\"}";

    private static readonly TestSigner Signer = TestSigner.Hs256(Secret);

    /// <summary>Those that let a peer in, the last but one only to one app, the last only where none may be good for too long.</summary>
    public static IReadOnlyList<string> Good { get; } =
    [
        Signer.Sign($"{Lasting},\"sub\":\"anna\""),
        Signer.Sign(Lasting, "{\"alg\":\"HS256\",\"kid\":\"x\"}"),
        Signer.Sign($"\"iss\":\"{Issuer}\",\"aud\":[\"x\",\"{Audience}\"],\"nbf\":0,\"iat\":0.5,\"exp\":4102444800.5"),
        Signer.Sign($"{Lasting},\"signaling\":{{}}"),
        Signer.Sign($"{Lasting},\"signaling\":{{\"apps\":[\"/shop\"],\"addresses\":[\"room*\"],\"listen\":true,\"connect\":false,\"links\":2}}"),
        Signer.Sign($"{Named},\"iat\":1767225600,\"exp\":2082758400"),
    ];

    /// <summary>Those that never do.</summary>
    public static IReadOnlyList<string> Bad { get; } =
    [
        Signer.Sign($"{Named},\"exp\":1"), Signer.Sign(Named), Signer.Sign($"{Named},\"exp\":1e300"), Signer.Sign($"{Named},\"exp\":\"x\""), Signer.Sign($"{Named},\"exp\":-1"),
        Signer.Sign($"{Lasting},\"nbf\":4102444700"), Signer.Sign($"{Lasting},\"iat\":4102444700"), Signer.Sign($"\"iss\":\"x\",\"aud\":\"{Audience}\",\"exp\":4102444800"),
        Signer.Sign($"\"iss\":\"{Issuer}\",\"aud\":\"x\",\"exp\":4102444800"), Signer.Sign($"{Lasting},\"sub\":5"), Signer.Sign($"{Lasting},\"sub\":null"), Signer.Sign($"{Lasting},\"exp\":5"),
        TestSigner.Hs256("what somebody else signs his tokens with").Sign(Lasting),
        Signer.Sign(Lasting, "{\"alg\":\"none\"}"), Signer.Sign(Lasting, "{\"alg\":\"HS384\"}"), Signer.Sign(Lasting, "{\"alg\":\"RS256\"}"), Signer.Sign(Lasting, "{\"alg\":\"RS256\",\"kid\":\"x\"}"),
        Signer.Sign(Lasting, "{}"), Signer.Sign(Lasting, "{\"alg\":\"HS256\",\"crit\":[\"x\"]}"), Signer.Sign(Lasting, "[]"), Signer.Sign(Lasting, "x"), Signer.Sign(Lasting, Header) + "=",
        .. new[]
        {
            "5", "{\"x\":5}", "{\"apps\":\"/shop\"}", "{\"apps\":[5]}", "{\"addresses\":5}", "{\"listen\":5}", "{\"connect\":null}", "{\"links\":-1}", "{\"links\":1.5}", "{\"links\":\"1\"}",
            $"{{\"apps\":[{string.Join(',', Enumerable.Repeat("\"/\"", 65))}]}}", $"{{\"addresses\":[\"{new string('x', 513)}\"]}}", "{\"apps\":[\"/nope\"]}",
        }.Select(grant => Signer.Sign($"{Lasting},\"signaling\":{grant}")),
        "a.b.c", "..", "e30.e30.", "e30.e30.e30", $"{new string('a', 6_000)}.a.{new string('a', 11_000)}", "a.b",
    ];
}
