using Microsoft.Playwright;
using static Microsoft.Playwright.Assertions;

namespace Signaling.Tests.Browser;

/// <summary>The chat page in a browser, in the words of its user.</summary>
internal sealed class ChatPage
{
    private readonly IPage _page;

    private ChatPage(IPage page) => _page = page;

    private ILocator Chat => _page.Locator("#chat");

    private ILocator Messages => _page.Locator("#messages");

    public static async Task<ChatPage> OpenAsync(IBrowserContext context, DemoNode node, string room, string name)
    {
        var page = await context.NewPageAsync();
        await page.GotoAsync(node.PageFor("/chat/", room).AbsoluteUri);
        await page.GetByLabel("Your name").FillAsync(name);
        return new ChatPage(page);
    }

    public Task OpenRoomAsync() => ClickAsync("Open the room");

    public Task JoinAsync() => ClickAsync("Join");

    public Task LeaveAsync() => ClickAsync("Leave");

    public async Task SayAsync(string text)
    {
        await _page.GetByLabel("Message", new() { Exact = true }).FillAsync(text);
        await ClickAsync("Send");
    }

    public Task ReachesAsync(string state) => Expect(Chat).ToHaveAttributeAsync("data-state", state, new() { Timeout = 20_000 });

    public Task HasSignalingAsync(string state) =>
        Expect(Chat).ToHaveAttributeAsync("data-signaling", state, new() { Timeout = 20_000 });

    public Task SeesAsync(params string[] names) => Expect(_page.Locator("#people")).ToHaveTextAsync(string.Join(", ", names));

    public Task HearsAsync(string name, string text) =>
        Expect(Messages.Locator(".other").Last).ToHaveTextAsync($"{name} {text}");

    public Task IsToldAsync(string words) => Expect(Messages.Locator(".notice").Last).ToHaveTextAsync(words);

    public Task ShowsErrorAsync(string words) => Expect(_page.GetByRole(AriaRole.Alert)).ToContainTextAsync(words);

    /// <summary>How many elements of a kind were made of what others said.</summary>
    public Task<int> CountSaidAsync(string kind) => Messages.Locator(kind).CountAsync();

    private Task ClickAsync(string button) => _page.GetByRole(AriaRole.Button, new() { Name = button, Exact = true }).ClickAsync();
}
