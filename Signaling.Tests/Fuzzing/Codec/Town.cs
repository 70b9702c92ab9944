using Signaling.Actors.Connections;
using Signaling.Actors.Messages;

namespace Signaling.Tests.Fuzzing.Codec;

/// <summary>A few connections, and in place of all addresses and nodes a list of who holds what. Letters may be lost.</summary>
internal sealed class Town
{
    public const int Peers = 3;
    public const int Leaves = 3;
    public const int TimePasses = 4;
    public const int Loses = 5;
    public const int NodeGoes = 6;
    public const int StopsReading = 7;
    public const int Stands = 8;
    public const int Revokes = 9;
    public const int RelayStops = 10;

    private const string App = "/app";
    private const int StepMilliseconds = 100;
    private const long LongEnough = 120_000;
    private const int MostForOne = 20_000;

    private readonly Queue<(ConnectionUid To, ILetter Letter)> _mail = new();
    private readonly Dictionary<string, List<Standing>> _standings = new(StringComparer.Ordinal);
    private readonly HashSet<LinkName> _links = [];
    private readonly Resident[] _residents;
    private readonly bool _isShared;
    private long _now = 1_000_000;
    private int _toLose;
    private bool _answers = true;
    private long _grants;
    private int _done;

    public Town(bool isShared)
    {
        _isShared = isShared;
        _residents = [.. Enumerable.Range(0, Peers).Select(i => new Resident(this, new ConnectionUid(i + 1, 10), new App(App, isShared)))];
    }

    /// <summary>Something happens.</summary>
    public void Take(FuzzStep step)
    {
        var argument = step.Bytes.Length > 0 ? step.Bytes[0] : 0;
        var whom = _residents[argument % Peers];
        _done = 0;
        switch (step.Who)
        {
            case < Peers and >= 0:
                _residents[step.Who].Hear(step.Bytes.ToArray(), _now);
                break;
            case Leaves:
                whom.Leave(_now);
                break;
            case TimePasses:
                Pass(argument * StepMilliseconds);
                break;
            case Loses:
                _toLose = argument;
                break;
            case NodeGoes:
                foreach (var resident in _residents.Where(resident => resident != whom))
                    resident.State.NodeRemoved(whom.Name.Node, _now);
                break;
            case StopsReading:
                whom.Reads = !whom.Reads;
                break;
            case Revokes:
                foreach (var standing in _standings.Values.SelectMany(one => one))
                    Post(standing.Name.Connection, new Revoked(standing.Name));
                _standings.Clear();
                break;
            case RelayStops:
                foreach (var link in _links)
                    Stop(link);
                break;
            default:
                _answers = argument != 0;
                break;
        }

        Deliver();
    }

    /// <summary>All leave, and some time later none is left.</summary>
    public void End()
    {
        (_toLose, _answers) = (0, true);
        foreach (var resident in _residents)
        {
            resident.Reads = true;
            resident.Leave(_now);
            resident.Write(_now);
        }

        Deliver();
        Pass(LongEnough);
        foreach (var resident in _residents)
            FuzzException.Unless(resident.HasEnded && resident.Owed == 0, $"{resident.Name} is still there, and owes {resident.Owed} bytes, long after all have left.");
    }

    public void Request(IAddressRequest request)
    {
        Count();
        var standings = _standings.TryGetValue(request.Key, out var known) ? known : _standings[request.Key] = [];
        switch (request)
        {
            case Reserve reserve when _answers:
                Answer(reserve, standings);
                break;
            case Release release:
                standings.RemoveAll(one => one.Name == release.Reservation);
                break;
            case Connect connect when _answers:
                _links.Add(connect.Link);
                Post(
                    standings.Count > 0 ? standings[0].Name.Connection : connect.Link.Initiator,
                    standings.Count > 0 ? new Offer(connect.Link, standings[0].Name, Relay) : new Refused(connect.Link));
                break;
            case Join join:
                Post(join.Host.Connection, new Offer(join.Link, join.Host, Relay));
                break;
        }
    }

    public void GiveBack(string key, ReservationName name) => Request(new Release(key, name));

    public void Post(ConnectionUid to, ILetter letter)
    {
        Count();
        if (_toLose > 0)
            _toLose--;
        else
            _mail.Enqueue((to, letter));
    }

    /// <summary>By way of an address.</summary>
    public void Relayed(ILetter letter) => Post(letter is ILinkPart part ? part.To : ((ILinkLetter)letter).Link.Initiator, letter);

    /// <summary>Counts what is done about one step.</summary>
    public void Count() => FuzzException.Unless(++_done < MostForOne, $"One step leads to {MostForOne} others.");

    private void Stop(LinkName link)
    {
        foreach (var resident in _residents)
            Post(resident.Name, new RelayStopped(link));
    }

    private static AddressUid Relay { get; } = new(9, 30);

    private void Answer(Reserve reserve, List<Standing> standings)
    {
        if (standings.Find(one => one.Name == reserve.Reservation) is null)
        {
            if (standings.Count > 0 && !_isShared)
            {
                Post(reserve.Reservation.Connection, new Denied(reserve.Reservation));
                return;
            }

            standings.Add(new Standing(reserve.Key, reserve.Reservation, new Rank(new Incarnation(1, Relay.Node), ++_grants), _isShared));
        }

        var at = standings.FindIndex(one => one.Name == reserve.Reservation);
        Post(reserve.Reservation.Connection, new Granted(standings[at], Relay, [.. standings[..at].Select(one => one.Name)], 0, at));
    }

    private void Pass(long milliseconds)
    {
        for (var until = _now + milliseconds; ;)
        {
            var due = _residents.Min(resident => resident.State.Due);
            if (due > until)
            {
                _now = until;
                return;
            }

            Count();
            _now = Math.Max(_now, due);
            foreach (var resident in _residents.Where(resident => resident.State.Due <= _now))
                resident.State.Tick(_now);
            Deliver();
        }
    }

    private void Deliver()
    {
        do
        {
            while (_mail.TryDequeue(out var post))
                _residents[post.To.Node - 1].Get(post.Letter, _now);
            foreach (var resident in _residents)
                resident.Write(_now);
        }
        while (_mail.Count > 0);
    }
}
