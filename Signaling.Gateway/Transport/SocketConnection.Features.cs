using System.Collections;
using Microsoft.AspNetCore.Connections.Features;
using Microsoft.AspNetCore.Http.Features;

namespace Signaling.Gateway.Transport;

/// <content>Its features: itself, for what every connection has, and the few that Kestrel adds.</content>
internal sealed partial class SocketConnection : IFeatureCollection, IConnectionIdFeature, IConnectionItemsFeature,
    IConnectionTransportFeature, IConnectionLifetimeFeature, IConnectionEndPointFeature, IConnectionSocketFeature
{
    private readonly List<KeyValuePair<Type, object>> _added = new(capacity: 4);
    private IDictionary<object, object?>? _items;
    private int _revision;

    public override IFeatureCollection Features => this;

    public override IDictionary<object, object?> Items
    {
        get => _items ??= new Dictionary<object, object?>();
        set => _items = value;
    }

    bool IFeatureCollection.IsReadOnly => false;

    int IFeatureCollection.Revision => _revision;

    object? IFeatureCollection.this[Type key]
    {
        get
        {
            foreach (var (type, feature) in _added)
            {
                if (type == key)
                    return feature;
            }

            return key.IsInstanceOfType(this) ? this : null;
        }

        set
        {
            _revision++;
            _added.RemoveAll(one => one.Key == key);
            if (value is not null)
                _added.Add(new KeyValuePair<Type, object>(key, value));
        }
    }

    TFeature? IFeatureCollection.Get<TFeature>()
        where TFeature : default => (TFeature?)Features[typeof(TFeature)];

    void IFeatureCollection.Set<TFeature>(TFeature? instance)
        where TFeature : default => Features[typeof(TFeature)] = instance;

    IEnumerator<KeyValuePair<Type, object>> IEnumerable<KeyValuePair<Type, object>>.GetEnumerator() => _added.GetEnumerator();

    IEnumerator IEnumerable.GetEnumerator() => _added.GetEnumerator();
}
