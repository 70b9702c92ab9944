using System.Diagnostics;

namespace Signaling.Load.Figures;

/// <summary>What a process of this machine used of it, while it counted.</summary>
internal sealed class ProcessUse
{
    private readonly Process _process;
    private TimeSpan _cpu;

    private ProcessUse(string name, Process process) => (Name, _process) = (name, process);

    /// <summary>Which process.</summary>
    public string Name { get; }

    /// <summary>Its processor time.</summary>
    public TimeSpan Cpu { get; private set; }

    /// <summary>Its memory at the beginning, in bytes.</summary>
    public long MemoryBefore { get; private set; }

    /// <summary>Its memory at the end, in bytes.</summary>
    public long Memory { get; private set; }

    /// <summary>This process.</summary>
    public static ProcessUse Own() => new("load", Process.GetCurrentProcess());

    /// <summary>Another process.</summary>
    /// <exception cref="MisuseException">There is none of that number.</exception>
    public static ProcessUse Of(int id)
    {
        try
        {
            return new ProcessUse($"process {id}", Process.GetProcessById(id));
        }
        catch (ArgumentException)
        {
            throw new MisuseException($"--pid is {id}, but no process of this machine has that number; name the server's, or leave it out where it runs elsewhere.");
        }
    }

    public void Begin() => (_cpu, MemoryBefore) = (Look(), _process.WorkingSet64);

    public void End() => (Cpu, Memory) = (Look() - _cpu, _process.WorkingSet64);

    private TimeSpan Look()
    {
        try
        {
            _process.Refresh();
            return _process.TotalProcessorTime;
        }
        catch (InvalidOperationException)
        {
            return _cpu; // it has ended, of which the sockets tell
        }
    }
}
