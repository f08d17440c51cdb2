using Microsoft.AspNetCore.Components;

namespace Trellis.Ui;

/// <summary>
/// A component of a module: its data is there before it is drawn, and the components of one request load one after the other.
/// </summary>
/// <remarks>
/// A plain component is drawn once while it still waits for its data, and the panels of a page load at the same time. The first wants a guard in
/// each page; the second a database context may not do. Neither shows on SQLite, whose calls never really wait.
/// </remarks>
public abstract class DataComponent : ComponentBase, IHandleEvent
{
    private bool _begun;

    [Inject] private LoadGate Gate { get; set; } = null!;

    public override async Task SetParametersAsync(ParameterView parameters)
    {
        parameters.SetParameterProperties(this);
        await Gate.RunAsync(async () =>
        {
            if (!_begun)
            {
                _begun = true;
                OnInitialized();
                await OnInitializedAsync();
            }

            OnParametersSet();
            await OnParametersSetAsync();
        });
        StateHasChanged();
    }

    async Task IHandleEvent.HandleEventAsync(EventCallbackWorkItem item, object? argument)
    {
        await Gate.RunAsync(() => item.InvokeAsync(argument));
        StateHasChanged();
    }
}

/// <summary>Lets the components of one request load one after the other; what runs inside may enter again.</summary>
public sealed class LoadGate
{
    private readonly SemaphoreSlim _gate = new(1, 1);
    private readonly AsyncLocal<bool> _inside = new();

    internal async Task RunAsync(Func<Task> load)
    {
        if (_inside.Value)
        {
            await load();
            return;
        }

        await _gate.WaitAsync();
        _inside.Value = true;
        try
        {
            await load();
        }
        finally
        {
            _inside.Value = false;
            _gate.Release();
        }
    }
}
