//! What the standard `OTEL_*` variables ask for. The exporter reads headers, time-outs and batch sizes itself.

use crate::Error;

/// The name under which an installation shows up when nobody gave it one.
const SERVICE_NAME: &str = "spotter";

/// The port on which collectors listen for gRPC.
const GRPC_PORT: &str = ":4317";

/// How spans are carried.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Protocol {
    Grpc,
    HttpProtobuf,
}

/// Whether spans are encrypted on their way. Certificates are only looked for when they are needed: a small
/// image may have none.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Transport {
    Plain,
    Tls,
}

/// Traces are wanted, and this is how.
#[derive(Debug, PartialEq, Eq)]
pub(crate) struct Settings {
    pub(crate) protocol: Protocol,
    pub(crate) transport: Transport,
    /// The variable that named the collector, for an error about it.
    pub(crate) endpoint_variable: &'static str,
    /// `None` when `OTEL_RESOURCE_ATTRIBUTES` names the service.
    pub(crate) service_name: Option<String>,
}

impl Settings {
    /// `None` when no collector is named, or when telemetry is turned off.
    ///
    /// # Errors
    ///
    /// When the protocol is none that we speak.
    pub(crate) fn read(lookup: impl Fn(&str) -> Option<String>) -> Result<Option<Self>, Error> {
        // The specification treats an empty variable like an absent one.
        let get = |name| lookup(name).filter(|value| !value.trim().is_empty());
        let off = get("OTEL_SDK_DISABLED").is_some_and(|value| value.trim().eq_ignore_ascii_case("true"))
            || get("OTEL_TRACES_EXPORTER").is_some_and(|value| value.trim() == "none");
        let endpoint = ["OTEL_EXPORTER_OTLP_TRACES_ENDPOINT", "OTEL_EXPORTER_OTLP_ENDPOINT"]
            .into_iter()
            .find_map(|name| get(name).map(|value| (name, value)));
        let Some((endpoint_variable, endpoint)) = endpoint.filter(|_| !off) else { return Ok(None) };

        let named = ["OTEL_EXPORTER_OTLP_TRACES_PROTOCOL", "OTEL_EXPORTER_OTLP_PROTOCOL"]
            .into_iter()
            .find_map(|name| get(name).map(|value| (name, value)));
        let protocol = match named {
            None => Self::usual_protocol(&endpoint),
            Some((variable, value)) => match value.trim() {
                "grpc" => Protocol::Grpc,
                "http/protobuf" => Protocol::HttpProtobuf,
                _ => return Err(Error::Variable { variable, expected: "grpc or http/protobuf" }),
            },
        };

        let plain = endpoint.trim_start().get(..7).is_some_and(|start| start.eq_ignore_ascii_case("http://"));
        let transport = if plain { Transport::Plain } else { Transport::Tls };

        let service_name = get("OTEL_SERVICE_NAME").or_else(|| {
            let attributes = get("OTEL_RESOURCE_ATTRIBUTES").unwrap_or_default();
            let named = attributes.split(',').any(|pair| pair.trim_start().starts_with("service.name="));
            (!named).then(|| SERVICE_NAME.to_owned())
        });
        Ok(Some(Self { protocol, transport, endpoint_variable, service_name }))
    }

    /// The specification's default is HTTP. A collector's gRPC port understands nothing of it, so an address
    /// on that port is taken at its word.
    fn usual_protocol(endpoint: &str) -> Protocol {
        if endpoint.trim().trim_end_matches('/').ends_with(GRPC_PORT) {
            Protocol::Grpc
        } else {
            Protocol::HttpProtobuf
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(variables: &[(&str, &str)]) -> Result<Option<Settings>, Error> {
        Settings::read(|name| {
            variables.iter().find(|(known, _)| *known == name).map(|(_, value)| (*value).to_owned())
        })
    }

    #[test]
    fn nothing_is_sent_without_a_collector() {
        assert_eq!(read(&[]).unwrap(), None);
        assert_eq!(read(&[("OTEL_EXPORTER_OTLP_ENDPOINT", " ")]).unwrap(), None);
    }

    #[test]
    fn the_collector_of_traces_comes_before_the_general_one() {
        let settings = read(&[
            ("OTEL_EXPORTER_OTLP_ENDPOINT", "http://a:4317"),
            ("OTEL_EXPORTER_OTLP_TRACES_ENDPOINT", "http://b:4318/v1/traces"),
        ])
        .unwrap()
        .unwrap();
        assert_eq!(settings.endpoint_variable, "OTEL_EXPORTER_OTLP_TRACES_ENDPOINT");
        assert_eq!(settings.protocol, Protocol::HttpProtobuf);
        assert_eq!(settings.transport, Transport::Plain);
        assert_eq!(settings.service_name.as_deref(), Some("spotter"));
    }

    #[test]
    fn the_protocol_is_the_named_one_and_else_follows_the_port() {
        let collector = ("OTEL_EXPORTER_OTLP_ENDPOINT", "http://a:4317/");
        assert_eq!(read(&[collector]).unwrap().unwrap().protocol, Protocol::Grpc);
        let named = read(&[collector, ("OTEL_EXPORTER_OTLP_PROTOCOL", "http/protobuf")]).unwrap().unwrap();
        assert_eq!(named.protocol, Protocol::HttpProtobuf);
        let error = read(&[collector, ("OTEL_EXPORTER_OTLP_PROTOCOL", "pigeon")]).unwrap_err();
        assert_eq!(
            error.to_string(),
            "OTEL_EXPORTER_OTLP_PROTOCOL is not understood: expected grpc or http/protobuf"
        );
    }

    #[test]
    fn an_address_is_encrypted_unless_it_says_otherwise() {
        for address in ["https://collector:4318", "collector:4317"] {
            let settings = read(&[("OTEL_EXPORTER_OTLP_ENDPOINT", address)]).unwrap().unwrap();
            assert_eq!(settings.transport, Transport::Tls, "{address}");
        }
    }

    #[test]
    fn telemetry_can_be_turned_off() {
        let collector = ("OTEL_EXPORTER_OTLP_ENDPOINT", "http://a:4317");
        assert_eq!(read(&[collector, ("OTEL_SDK_DISABLED", "TRUE")]).unwrap(), None);
        assert_eq!(read(&[collector, ("OTEL_TRACES_EXPORTER", "none")]).unwrap(), None);
        assert!(read(&[collector, ("OTEL_SDK_DISABLED", "no")]).unwrap().is_some());
    }

    #[test]
    fn the_service_may_be_named_among_the_resource_attributes() {
        let collector = ("OTEL_EXPORTER_OTLP_ENDPOINT", "http://a:4317");
        let attributes = ("OTEL_RESOURCE_ATTRIBUTES", "deployment.environment.name=test, service.name=north");
        assert_eq!(read(&[collector, attributes]).unwrap().unwrap().service_name, None);
        let both = read(&[collector, attributes, ("OTEL_SERVICE_NAME", "south")]).unwrap().unwrap();
        assert_eq!(both.service_name.as_deref(), Some("south"));
    }
}
