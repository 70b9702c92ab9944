{{/* The image, by digest where there is one. Nobody publishes it: whoever installs the chart builds and pushes it. */}}
{{- define "signaling.image" -}}
{{- $image := .Values.image -}}
{{- if not $image.repository -}}
{{- fail "image.repository is empty, and no public registry has the image. Build and push it, from the root of the source: `docker build -f deploy/docker/Dockerfile -t REGISTRY/signaling:TAG .` and `docker push REGISTRY/signaling:TAG`; then set --set image.repository=REGISTRY/signaling --set image.tag=TAG." -}}
{{- end -}}
{{- $name := $image.repository -}}
{{- with $image.registry -}}
{{- $name = printf "%s/%s" (trimSuffix "/" .) $name -}}
{{- end -}}
{{- if $image.digest -}}
{{- printf "%s@%s" $name $image.digest -}}
{{- else -}}
{{- printf "%s:%s" $name (default .Chart.AppVersion $image.tag) -}}
{{- end -}}
{{- end -}}
