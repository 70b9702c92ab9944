using System.ComponentModel;
using System.Diagnostics.CodeAnalysis;
using System.Runtime.InteropServices;

namespace Signaling.Gateway.Transport;

/// <summary>What of Linux' epoll(7) is used: .NET has no way to hear of many sockets on one thread, batch by batch.</summary>
internal static unsafe partial class Kernel
{
    private const int CloseOnExec = 0x80000;
    private const int OperationAdd = 1;
    private const int OperationModify = 3;
    private const int Interrupted = 4;
    private const uint EdgeTriggered = 1u << 31;

    // Packed on x64, for compatibility with its 32-bit programs, and nowhere else.
    private static readonly bool IsPacked = RuntimeInformation.ProcessArchitecture is Architecture.X64 or Architecture.X86;

    /// <summary>What has happened to a socket.</summary>
    [Flags]
    [SuppressMessage("Naming", "CA1711", Justification = "They are the kernel's flags.")]
    public enum Events : uint
    {
        /// <summary>Nothing.</summary>
        None = 0,

        /// <summary>There is something to read.</summary>
        In = 0x1,

        /// <summary>There is room to write.</summary>
        Out = 0x4,

        /// <summary>The socket is broken.</summary>
        Error = 0x8,

        /// <summary>Both ways are closed.</summary>
        HangUp = 0x10,

        /// <summary>The other end sends no more.</summary>
        PeerHangUp = 0x2000,

        /// <summary>Any of those after which the other end says nothing that is not there yet.</summary>
        Ended = Error | HangUp | PeerHangUp,
    }

    /// <summary>Bytes of one event.</summary>
    public static int EventSize => IsPacked ? 12 : 16;

    /// <returns>A new epoll.</returns>
    /// <exception cref="Win32Exception">The process has too many open files.</exception>
    public static int Create() => Check(EpollCreate(CloseOnExec));

    /// <summary>Asks for what is to be read from a socket, and its end: once each time that something comes.</summary>
    /// <param name="epoll">The epoll.</param>
    /// <param name="socket">The socket, which leaves by being closed.</param>
    /// <param name="key">What its events are to be known by.</param>
    public static void Add(int epoll, SafeHandle socket, long key) => Control(epoll, OperationAdd, socket, Events.In, key);

    /// <summary>Asks for room to write too.</summary>
    /// <inheritdoc cref="Add"/>
    public static void AddOut(int epoll, SafeHandle socket, long key) =>
        Control(epoll, OperationModify, socket, Events.In | Events.Out, key);

    /// <summary>Waits until something has happened.</summary>
    /// <param name="epoll">The epoll.</param>
    /// <param name="events">Where it is told.</param>
    /// <returns>How many events there are.</returns>
    public static int Wait(int epoll, Span<byte> events)
    {
        fixed (byte* first = events)
        {
            while (true)
            {
                var count = EpollWait(epoll, first, events.Length / EventSize, timeout: -1);
                if (count >= 0)
                    return count;
                if (Marshal.GetLastPInvokeError() != Interrupted)
                    throw new Win32Exception();
            }
        }
    }

    /// <summary>Reads one of the events.</summary>
    public static (Events Events, long Key) Read(ReadOnlySpan<byte> events, int index)
    {
        var one = events.Slice(index * EventSize, EventSize);
        return ((Events)MemoryMarshal.Read<uint>(one), MemoryMarshal.Read<long>(one[(IsPacked ? 4 : 8)..]));
    }

    private static void Control(int epoll, int operation, SafeHandle socket, Events events, long key)
    {
        var one = stackalloc byte[EventSize];
        *(uint*)one = (uint)(events | Events.PeerHangUp) | EdgeTriggered;
        Marshal.WriteInt64((nint)one, IsPacked ? 4 : 8, key);
        Check(EpollControl(epoll, operation, socket, one));
    }

    private static int Check(int result) => result >= 0 ? result : throw new Win32Exception();

    [LibraryImport("libc", EntryPoint = "epoll_create1", SetLastError = true)]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static partial int EpollCreate(int flags);

    [LibraryImport("libc", EntryPoint = "epoll_ctl", SetLastError = true)]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static partial int EpollControl(int epoll, int operation, SafeHandle socket, byte* one);

    [LibraryImport("libc", EntryPoint = "epoll_wait", SetLastError = true)]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static partial int EpollWait(int epoll, byte* events, int most, int timeout);
}
