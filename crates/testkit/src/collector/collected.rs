//! What a collector has received, by whichever way.

use std::collections::HashMap;
use std::sync::Arc;

use opentelemetry_proto::tonic::collector::trace::v1::ExportTraceServiceRequest;
use opentelemetry_proto::tonic::common::v1::{AnyValue, KeyValue, any_value::Value};
use opentelemetry_proto::tonic::trace::v1::Span;
use parking_lot::Mutex;

/// Everything received so far.
#[derive(Debug, Clone, Default)]
pub struct Collected {
    /// The spans in the order in which they arrived.
    pub spans: Vec<Span>,
    resource: Vec<KeyValue>,
    headers: HashMap<String, String>,
}

/// Shared between a collector's tasks and the test.
pub type Shared = Arc<Mutex<Collected>>;

impl Collected {
    /// Adds what one request brought.
    pub fn take_in(
        &mut self,
        request: ExportTraceServiceRequest,
        headers: impl IntoIterator<Item = (String, String)>,
    ) {
        self.headers.extend(headers);
        for resource_spans in request.resource_spans {
            self.resource.extend(resource_spans.resource.into_iter().flat_map(|it| it.attributes));
            self.spans.extend(resource_spans.scope_spans.into_iter().flat_map(|it| it.spans));
        }
    }

    /// The one span of that name.
    #[must_use]
    pub fn span(&self, name: &str) -> &Span {
        let mut named = self.spans.iter().filter(|span| span.name == name);
        let span = named.next().unwrap_or_else(|| panic!("no span {name} among {:?}", self.spans));
        assert!(named.next().is_none(), "{name} was sent twice");
        span
    }

    /// A text among the attributes of a span.
    #[must_use]
    pub fn attribute(span: &Span, key: &str) -> Option<String> {
        text(&span.attributes, key)
    }

    /// A text among the attributes of the sender.
    #[must_use]
    pub fn resource(&self, key: &str) -> Option<String> {
        text(&self.resource, key)
    }

    /// A header of the requests.
    #[must_use]
    pub fn header(&self, name: &str) -> Option<String> {
        self.headers.get(name).cloned()
    }
}

fn text(attributes: &[KeyValue], key: &str) -> Option<String> {
    attributes.iter().find(|attribute| attribute.key == key).and_then(|attribute| match &attribute.value {
        Some(AnyValue { value: Some(Value::StringValue(text)) }) => Some(text.clone()),
        _ => None,
    })
}
