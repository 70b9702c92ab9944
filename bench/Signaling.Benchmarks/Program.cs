using BenchmarkDotNet.Running;
using Signaling.Benchmarks.Rigs;

if (args is [EchoServer.Command])
    await EchoServer.RunAsync();
else
    BenchmarkSwitcher.FromAssembly(typeof(EchoServer).Assembly).Run(args);
