{{/* What the schema can't say: rules between values. Each ends the rendering with what is wrong and what to do. */}}
{{- define "signaling.checks" -}}
{{- include "signaling.checkCluster" . -}}
{{- include "signaling.checkScaleDown" . -}}
{{- include "signaling.checkListeners" . -}}
{{- include "signaling.checkClusterTls" . -}}
{{- include "signaling.checkMonitoring" . -}}
{{- include "signaling.checkIce" . -}}
{{- end -}}

{{/*
Two clusters can never form while the size counts every pod. And the majority has to be there when the fewest pods run and
one of them is being replaced, or each upgrade would leave nobody to serve; of one or two pods that is too much to ask.
*/}}
{{- define "signaling.checkCluster" -}}
{{- $size := int (include "signaling.clusterSize" .) -}}
{{- $majority := int (include "signaling.majority" .) -}}
{{- $fewest := int (include "signaling.fewestPods" .) -}}
{{- $most := int (include "signaling.mostPods" .) -}}
{{- if lt $most $fewest -}}
{{- fail (printf "autoscaling.maxReplicas is %d, less than autoscaling.minReplicas, which is %d; make it at least that." $most $fewest) -}}
{{- end -}}
{{- if lt $size $most -}}
{{- fail (printf "cluster.size is %d, less than the %d nodes that there may be, so two clusters could form beside each other; make it at least %d, or leave it empty." $size $most $most) -}}
{{- end -}}
{{- if and (gt $size 2) (gt $majority (sub $fewest 1)) -}}
{{- $key := ternary "autoscaling.maxReplicas" "cluster.size" (and .Values.autoscaling.enabled (empty .Values.cluster.size)) -}}
{{- $fewestKey := ternary "autoscaling.minReplicas" "replicas" .Values.autoscaling.enabled -}}
{{- fail (printf "%s is %d, of which %d are a majority; with %s %d a node that restarts leaves %d, too few to serve. Set %s to at most %d, or %s to at least %d." $key $size $majority $fewestKey $fewest (sub $fewest 1) $key (max 1 (sub (mul 2 $fewest) 3)) $fewestKey (add1 $majority)) -}}
{{- end -}}
{{- end -}}

{{/* Those that stay count the majority of the size that they have started with. Needs a cluster to look at. */}}
{{- define "signaling.checkScaleDown" -}}
{{- $shape := lookup "v1" "ConfigMap" (include "signaling.namespace" .) (printf "%s-cluster" (include "signaling.fullname" .)) -}}
{{- if and $shape (not .Values.cluster.allowLargeScaleDown) -}}
{{- $known := int $shape.data.size -}}
{{- $least := add1 (div $known 2) -}}
{{- $fewest := int (include "signaling.fewestPods" .) -}}
{{- if lt $fewest (int $least) -}}
{{- $restart := printf "kubectl rollout restart statefulset/%s --namespace %s" (include "signaling.fullname" .) (include "signaling.namespace" .) -}}
{{- $step := ternary "There is no smaller step." (printf "Go down to %d first, then `%s`, then go on." $least $restart) (le $known 2) -}}
{{- fail (printf "the running nodes know a cluster of %d and serve while they reach %d; %d would be left. %s To go at once, and serve nobody until `%s` is through: --set cluster.allowLargeScaleDown=true." $known $least $fewest $step $restart) -}}
{{- end -}}
{{- end -}}
{{- end -}}

{{- define "signaling.checkListeners" -}}
{{- if not (or .Values.http.enabled .Values.tls.enabled) -}}
{{- fail "http.enabled and tls.enabled are both false, so there is nothing for peers to connect to; set one of them." -}}
{{- end -}}
{{- if .Values.tls.enabled -}}
{{- if and (not .Values.tls.existingSecret) (not .Values.tls.certManager.enabled) -}}
{{- fail "tls.enabled needs a certificate: name a Secret with tls.crt and tls.key in tls.existingSecret, or set tls.certManager.enabled." -}}
{{- end -}}
{{- if and .Values.tls.existingSecret .Values.tls.certManager.enabled -}}
{{- fail "tls.existingSecret and tls.certManager.enabled are both set; take one of them." -}}
{{- end -}}
{{- if and .Values.tls.certManager.enabled (not .Values.tls.certManager.issuerRef.name) -}}
{{- fail "tls.certManager.issuerRef.name is empty; name the Issuer or ClusterIssuer that signs, such as {name: letsencrypt, kind: ClusterIssuer}." -}}
{{- end -}}
{{- if and .Values.tls.certManager.enabled (not .Values.tls.certManager.dnsNames) -}}
{{- fail "tls.certManager.dnsNames is empty; list the names that peers use, such as [signal.example.com]." -}}
{{- end -}}
{{- end -}}
{{- if and .Values.httpRoute.enabled (not .Values.http.enabled) -}}
{{- fail "httpRoute.enabled sends plain HTTP to the nodes, and http.enabled is false; set http.enabled, and let the Gateway do TLS." -}}
{{- end -}}
{{- if and .Values.httpRoute.enabled (not .Values.httpRoute.parentRefs) -}}
{{- fail "httpRoute.parentRefs is empty; name the Gateway, such as [{name: public, namespace: gateways}]." -}}
{{- end -}}
{{- if and .Values.ingress.enabled (not .Values.http.enabled) -}}
{{- fail "ingress.enabled sends plain HTTP to the nodes, and http.enabled is false; set http.enabled, and let the Ingress do TLS." -}}
{{- end -}}
{{- if and .Values.direct (or .Values.ingress.enabled .Values.httpRoute.enabled) -}}
{{- fail "direct says that nothing is between peers and pods, and ingress.enabled or httpRoute.enabled puts proxies there; name these in trustedProxies." -}}
{{- end -}}
{{- if and .Values.ingress.enabled (not .Values.ingress.hosts) -}}
{{- fail "ingress.hosts is empty; list the hosts, such as [{host: signal.example.com, paths: [{path: /, pathType: Prefix}]}]." -}}
{{- end -}}
{{- end -}}

{{- define "signaling.checkClusterTls" -}}
{{- with .Values.cluster.tls -}}
{{- if and .enabled (not .existingSecret) (not .certManager.enabled) -}}
{{- fail "cluster.tls.enabled needs certificates: name a Secret with tls.crt, tls.key and ca.crt in cluster.tls.existingSecret, or set cluster.tls.certManager.enabled." -}}
{{- end -}}
{{- if and .enabled .existingSecret .certManager.enabled -}}
{{- fail "cluster.tls.existingSecret and cluster.tls.certManager.enabled are both set; take one of them." -}}
{{- end -}}
{{- end -}}
{{- end -}}

{{- define "signaling.checkMonitoring" -}}
{{- if and .Values.metrics.serviceMonitor.enabled .Values.metrics.podMonitor.enabled -}}
{{- fail "metrics.serviceMonitor.enabled and metrics.podMonitor.enabled are both set, so all would be counted twice; take one of them." -}}
{{- end -}}
{{- if and .Values.autoscaling.enabled (eq .Values.autoscaling.provider "keda") (not .Values.autoscaling.keda.serverAddress) -}}
{{- fail "autoscaling.keda.serverAddress is empty; name your Prometheus, such as http://prometheus.monitoring.svc:9090." -}}
{{- end -}}
{{- end -}}

{{- define "signaling.checkIce" -}}
{{- with .Values.coturn -}}
{{- if and .enabled (not .host) -}}
{{- fail "coturn.host is empty; name what peers reach coturn by, such as turn.example.com." -}}
{{- end -}}
{{- if gt (int .minPort) (int .maxPort) -}}
{{- fail (printf "coturn.maxPort is %d, less than coturn.minPort, which is %d; make it at least that." (int .maxPort) (int .minPort)) -}}
{{- end -}}
{{- if and .enabled (not .hostNetwork) (gt (sub (int .maxPort) (int .minPort)) 199) -}}
{{- fail (printf "coturn.minPort to coturn.maxPort are %d ports, and without coturn.hostNetwork each is one of a Service; make them at most 200." (add1 (sub (int .maxPort) (int .minPort)))) -}}
{{- end -}}
{{- end -}}
{{- if and .Values.ice.turnUrls (not .Values.coturn.enabled) (not .Values.ice.existingSecret) -}}
{{- fail "ice.turnUrls needs the secret that those servers check passwords by: name a Secret in ice.existingSecret." -}}
{{- end -}}
{{- end -}}
