using System.Collections.Concurrent;
using Grpc.Core;
using Grpc.Core.Interceptors;
using Microsoft.DurableTask.Worker.Grpc;
using Microsoft.Extensions.DependencyInjection;
using Protocol = Microsoft.DurableTask.Protobuf;

namespace ServerlessFashion.Functions.Tests.Durable;

/// <summary>
/// Listens on the wire between the engine and the worker: keeps every request to carry an orchestration on (its history
/// and the new events) with the worker's answer (the calls it made next).
/// </summary>
internal sealed class HistoryRecorder : Interceptor
{
    private readonly ConcurrentDictionary<string, Protocol.OrchestratorRequest> _open = new();

    /// <summary>Requests and answers in the order of the answers.</summary>
    public ConcurrentQueue<(Protocol.OrchestratorRequest Request, Protocol.OrchestratorResponse Response)> Turns { get; } = new();

    public void AddTo(IServiceCollection services) => services.PostConfigureAll<GrpcDurableTaskWorkerOptions>(worker =>
    {
        worker.CallInvoker = worker.Channel!.Intercept(this);
        worker.Channel = null;
    });

    public override AsyncServerStreamingCall<TResponse> AsyncServerStreamingCall<TRequest, TResponse>(
        TRequest request, ClientInterceptorContext<TRequest, TResponse> context,
        AsyncServerStreamingCallContinuation<TRequest, TResponse> continuation)
    {
        var call = continuation(request, context);
        return new AsyncServerStreamingCall<TResponse>(
            new Listening<TResponse>(call.ResponseStream, Keep), call.ResponseHeadersAsync, call.GetStatus, call.GetTrailers, call.Dispose);
    }

    public override AsyncUnaryCall<TResponse> AsyncUnaryCall<TRequest, TResponse>(
        TRequest request, ClientInterceptorContext<TRequest, TResponse> context,
        AsyncUnaryCallContinuation<TRequest, TResponse> continuation)
    {
        if (request is Protocol.OrchestratorResponse response && _open.TryRemove(response.InstanceId, out var opened))
        {
            Turns.Enqueue((opened, response.Clone()));
        }

        return continuation(request, context);
    }

    private void Keep(object message)
    {
        if (message is Protocol.WorkItem { OrchestratorRequest: { } request })
        {
            _open[request.InstanceId] = request.Clone();
        }
    }

    private sealed class Listening<T>(IAsyncStreamReader<T> inner, Action<object> heard) : IAsyncStreamReader<T>
    {
        public T Current => inner.Current;

        public async Task<bool> MoveNext(CancellationToken cancellationToken)
        {
            var moved = await inner.MoveNext(cancellationToken);
            if (moved)
            {
                heard(inner.Current!);
            }

            return moved;
        }
    }
}
