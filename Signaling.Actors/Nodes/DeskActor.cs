using System.Globalization;
using Akka.Actor;
using Akka.Cluster;
using Akka.Event;
using Signaling.Actors.Messages;

namespace Signaling.Actors.Nodes;

/// <summary>
/// Puts the questions of who runs the service to the nodes of the cluster, and answers those of other nodes. It is the NodeActor's child,
/// which has no time for such things.
/// </summary>
public sealed class DeskActor : UntypedActor
{
    /// <summary>Its name under the NodeActor.</summary>
    public const string Name = "desk";

    private const int MostInquiries = 64;

    private readonly NodePost _post;
    private readonly IDesk _desk;
    private readonly Cluster _cluster = Cluster.Get(Context.System);
    private readonly ILoggingAdapter _log = Context.GetLogger();
    private readonly Dictionary<long, (Inquiry Inquiry, IActorRef Asker, ICancelable End)> _inquiries = [];
    private long _last;

    /// <summary>Made by <see cref="Props"/>.</summary>
    public DeskActor(NodePost post, IDesk desk) => (_post, _desk) = (post, desk);

    /// <summary>How to make one.</summary>
    /// <param name="post">The node's post.</param>
    /// <param name="desk">Who answers.</param>
    public static Props Props(NodePost post, IDesk desk) => Akka.Actor.Props.Create(() => new DeskActor(post, desk));

    /// <inheritdoc/>
    protected override void OnReceive(object message)
    {
        switch (message)
        {
            case AskNodes question when _inquiries.Count < MostInquiries:
                Begin(question);
                break;
            case AskNodes:
                Sender.Tell(new Status.Failure(new InvalidOperationException("Too many questions are under way.")));
                break;
            case OperatorQuestion question:
                _ = AnswerAsync(question).PipeTo(
                    Self,
                    success: body => new Answered(question, body),
                    failure: error => new NotAnswered(question, error));
                break;
            case Answered answered:
                Send(answered);
                break;
            case NotAnswered failed:
                _log.Warning(failed.Error, "The question '{0}' of node {1} could not be answered.", failed.Question.Topic, failed.Question.From);
                break;
            case OperatorAnswer page when _inquiries.TryGetValue(page.Number, out var pending):
                pending.Inquiry.Take(page);
                if (pending.Inquiry.IsDone)
                    End(page.Number);
                break;
            case OperatorAnswer:
                break; // too late
            case Late late:
                End(late.Number);
                break;
            default:
                Unhandled(message);
                break;
        }
    }

    /// <inheritdoc/>
    protected override void PostStop()
    {
        foreach (var (_, _, end) in _inquiries.Values)
            end.Cancel();
    }

    // Whatever goes wrong is this question's trouble alone.
    private async Task<byte[]> AnswerAsync(OperatorQuestion question) => await _desk.AnswerAsync(question.Topic, question.Body);

    private void Begin(AskNodes question)
    {
        var members = _cluster.State.Members.Where(member => question.Node is not { } only || member.UniqueAddress.Uid == only).ToArray();
        var number = ++_last;
        var end = Context.System.Scheduler.ScheduleTellOnceCancelable(question.Patience, Self, new Late(number), Self);
        _inquiries[number] = (
            new Inquiry([.. members.Select(member => (member.UniqueAddress.Uid, string.Create(CultureInfo.InvariantCulture, $"{member.Address.Host}:{member.Address.Port}")))]),
            Sender,
            end);
        if (members.Length == 0)
            End(number);

        var letter = new OperatorQuestion(_post.Node, number, question.Topic, question.Body);
        foreach (var uid in members.Where(member => Messages.Wire.ContractVersion.HasDesk(member.AppVersion)).Select(member => member.UniqueAddress.Uid))
            _post.Send(uid, Parcel.NodeNumber, letter, Self);
    }

    private void Send(Answered answered)
    {
        var (question, body) = answered;
        if (body.Length > OperatorAnswer.MaxTotal)
        {
            _log.Warning("The answer to '{0}' has {1} bytes, and {2} at most are sent.", question.Topic, body.Length, OperatorAnswer.MaxTotal);
            return;
        }

        var skip = 0;
        do
        {
            var page = body.AsMemory(skip, Math.Min(OperatorAnswer.PageSize, body.Length - skip));
            _post.Send(question.From, Parcel.NodeNumber, new OperatorAnswer(_post.Node, question.Number, skip, body.Length, page), Self);
            skip += page.Length;
        }
        while (skip < body.Length);
    }

    private void End(long number)
    {
        if (!_inquiries.Remove(number, out var ended))
            return;

        ended.End.Cancel();
        ended.Asker.Tell(new NodesAnswered(ended.Inquiry.Outcome()));
    }

    private sealed record Answered(OperatorQuestion Question, byte[] Body) : INoSerializationVerificationNeeded;

    private sealed record NotAnswered(OperatorQuestion Question, Exception Error) : INoSerializationVerificationNeeded;

    private sealed record Late(long Number) : INoSerializationVerificationNeeded;
}
