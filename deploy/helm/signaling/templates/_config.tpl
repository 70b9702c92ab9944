{{/* config.json: what the values say under config, and what the chart knows itself. It holds no secret. */}}
{{- define "signaling.config" -}}
{{- $config := deepCopy .Values.config -}}
{{- if .Values.http.enabled -}}
{{- $_ := set $config "httpConfig" (dict "port" 8080) -}}
{{- end -}}
{{- if .Values.tls.enabled -}}
{{- $_ := set $config "httpsConfig" (dict "port" 8443 "ssl_cert_file" "/etc/signaling/tls/tls.crt" "ssl_key_file" "/etc/signaling/tls/tls.key") -}}
{{- end -}}
{{- $node := dict "profile" "kubernetes" "clusterName" .Values.cluster.name "port" 4053 "joinTimeout" (include "signaling.time" .Values.cluster.joinTimeoutSeconds) -}}
{{- if .Values.cluster.tls.enabled -}}
{{- $_ := set $node "tls" (dict
      "certFile" "/etc/signaling/cluster-tls/tls.crt"
      "keyFile" "/etc/signaling/cluster-tls/tls.key"
      "caFile" (ternary "/etc/signaling/cluster-ca/ca.crt" "/etc/signaling/cluster-tls/ca.crt" (not (empty .Values.cluster.tls.caConfigMap)))
      "names" (default (list (printf "*.%s" (include "signaling.nodesDomain" .))) .Values.cluster.tls.names)) -}}
{{- end -}}
{{- $own := dict
      "node" $node
      "internal" (dict "host" "::" "port" 9000)
      "drain" (dict
        "notice" (include "signaling.time" .Values.drain.noticeSeconds)
        "time" (include "signaling.time" .Values.drain.timeSeconds)
        "closeWindow" (include "signaling.time" .Values.drain.closeWindowSeconds))
      "sockets" (dict "closeTimeout" (include "signaling.time" .Values.drain.closeTimeoutSeconds)) -}}
{{- $proxies := dict -}}
{{- with .Values.trustedProxies -}}
{{- $_ := set $proxies "trusted" . -}}
{{- end -}}
{{- if .Values.direct -}}
{{- $_ := set $proxies "direct" true -}}
{{- end -}}
{{- with $proxies -}}
{{- $_ := set $own "proxies" . -}}
{{- end -}}
{{- $_ := set $own "strict" .Values.strict -}}
{{- with .Values.limits -}}
{{- $_ := set $own "limits" . -}}
{{- end -}}
{{- with .Values.origins -}}
{{- $_ := set $own "origins" . -}}
{{- end -}}
{{- with include "signaling.ice" . | fromJson -}}
{{- $_ := set $own "ice" . -}}
{{- end -}}
{{- $_ := set $config "signaling" (mergeOverwrite (default (dict) $config.signaling) $own) -}}
{{- toPrettyJson $config -}}
{{- end -}}
