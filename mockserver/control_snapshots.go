package mockserver

import (
	"context"
	"net/http"

	"github.com/mock-docspace/mock-docspace/mockserver/control"
)

func (c controller) ListSnapshots(ctx context.Context, _ control.ListSnapshotsRequestObject) (control.ListSnapshotsResponseObject, error) {
	list := control.ListSnapshots200JSONResponse{}
	for _, saved := range serverFrom(ctx).Snapshots() {
		list = append(list, control.Snapshot{Name: saved.Name, Saved: saved.Saved.UTC()})
	}
	return list, nil
}

func (c controller) SaveSnapshot(ctx context.Context, r control.SaveSnapshotRequestObject) (control.SaveSnapshotResponseObject, error) {
	saved, err := serverFrom(ctx).SaveSnapshot(r.Name)
	if err != nil {
		return nil, err
	}
	return control.SaveSnapshot200JSONResponse{Name: saved.Name, Saved: saved.Saved.UTC()}, nil
}

func (c controller) RestoreSnapshot(ctx context.Context, r control.RestoreSnapshotRequestObject) (control.RestoreSnapshotResponseObject, error) {
	if !serverFrom(ctx).RestoreSnapshot(r.Name) {
		return nil, noSnapshot(r.Name)
	}
	return control.RestoreSnapshot204Response{}, nil
}

func (c controller) DeleteSnapshot(ctx context.Context, r control.DeleteSnapshotRequestObject) (control.DeleteSnapshotResponseObject, error) {
	if !serverFrom(ctx).RemoveSnapshot(r.Name) {
		return nil, noSnapshot(r.Name)
	}
	return control.DeleteSnapshot204Response{}, nil
}

func noSnapshot(name string) error {
	return refuseControl(http.StatusNotFound, "there is no snapshot of the name %.110q", name)
}
